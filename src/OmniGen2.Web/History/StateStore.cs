namespace OmniGen2.Web.History;

/// <summary>Saved states of pictures in the making: one file a job, and beside it the trail of its steps.</summary>
public sealed class StateStore(DataFolder folder, ILogger<StateStore> logger)
{
    public void Save(Guid job, DenoiseState state) => DataFolder.WriteWhole(FileOf(job), state.Save());

    public bool Has(Guid job) => File.Exists(FileOf(job));

    /// <summary>Null when there is none that can be read: the picture then begins anew, which costs time and nothing else.</summary>
    public DenoiseState? Load(Guid job)
    {
        if (!File.Exists(FileOf(job)))
        {
            return null;
        }

        try
        {
            return DenoiseState.Load(File.ReadAllBytes(FileOf(job)));
        }
        catch (Exception error) when (error is ModelException or IOException)
        {
            logger.LogWarning(error, "Job {JobId} begins anew: its saved state cannot be read", job);
            return null;
        }
    }

    public void Delete(Guid job)
    {
        File.Delete(FileOf(job));
        if (Directory.Exists(folder.TrailOf(job)))
        {
            Directory.Delete(folder.TrailOf(job), recursive: true);
        }
    }

    /// <summary>Removes what belongs to no job that waits.</summary>
    public void KeepOnly(IEnumerable<Guid> jobs)
    {
        var kept = jobs.Select(x => $"{x:N}").ToHashSet();
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder.States).Where(x => !kept.Contains(Path.GetFileNameWithoutExtension(x))))
        {
            if (Directory.Exists(entry))
            {
                Directory.Delete(entry, recursive: true);
            }
            else
            {
                File.Delete(entry);
            }
        }
    }

    private string FileOf(Guid job) => Path.Combine(folder.States, $"{job:N}.safetensors");
}

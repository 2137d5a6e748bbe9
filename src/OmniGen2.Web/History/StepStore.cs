using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using OmniGen2.Imaging;

namespace OmniGen2.Web.History;

/// <summary>
/// How pictures came to be: of each a film of its steps, and for a time the states from which another picture can go on. Two files a picture, by its
/// id; <see cref="Delete"/> takes them away with it.
/// </summary>
public sealed class StepStore(DataFolder folder, RuleBook rules, TimeProvider time, ILogger<StepStore> logger)
{
    private const string EstimateName = "studio.estimate";

    // Of the history of a state, only what the solver needs goes along: caches may start afresh, and they are many times larger than the picture.
    private const string SolverPrefix = "scheduler.";

    private bool KeepsStates => rules.Current is { StepsMegabytes: > 0, StepsDays: > 0 };

    /// <summary>The trail of a picture that is being drawn, with what an earlier run left of it up to <paramref name="after"/>.</summary>
    public StepTrail Open(Guid job, int after)
    {
        var trail = new StepTrail(job, folder.TrailOf(job), KeepsStates);
        trail.Cut(after);
        return trail;
    }

    /// <summary>How far a picture in the making was last seen; null when nothing was.</summary>
    public (int Step, RgbImage Frame)? Last(Guid job)
    {
        using var trail = new StepTrail(job, folder.TrailOf(job), KeepsStates);
        return trail.Frames() is [.., var last] ? last : null;
    }

    /// <summary>Makes the film and keeps the states; the trail itself goes with the saved state of its job.</summary>
    /// <param name="trail">How the picture came to be.</param>
    /// <param name="picture">The id it is kept under.</param>
    public void Keep(StepTrail trail, Guid picture)
    {
        trail.Dispose();
        if (trail.Frames() is { Count: > 0 } frames)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FilmFile(picture))!);
            DataFolder.WriteWhole(FilmFile(picture), Film.Encode(frames));
        }

        if (trail.States() is { Count: > 0 } states)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(StatesFile(picture))!);
            Pack(states, StatesFile(picture));
        }
    }

    /// <summary>Null when there is none: brought by a person, or made by an older version.</summary>
    public Film? FilmOf(PictureRow picture)
    {
        var steps = GenerationMetadata.Parse(picture.Metadata).StepsDone;
        return steps > 0 && File.Exists(FilmFile(picture.Id)) ? new Film(FilmFile(picture.Id), Film.FramesOf(steps), steps) : null;
    }

    /// <summary>The steps from which can be gone on, in order; none when too much time or too many pictures came after.</summary>
    public IReadOnlyList<int> StatesOf(Guid picture)
    {
        using var states = Unpack(picture);
        return states is null ? [] : [.. states.Entries.Select(x => int.Parse(Path.GetFileNameWithoutExtension(x.Name), CultureInfo.InvariantCulture)).Order()];
    }

    /// <summary>The state after a step, for any request of the same size and number of steps; null when it is not kept or cannot be read.</summary>
    public DenoiseState? State(Guid picture, int step)
    {
        try
        {
            using var states = Unpack(picture);
            if (states?.GetEntry(EntryName(step)) is not { } entry)
            {
                return null;
            }

            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return DenoiseState.Load(bytes.ToArray()) with { Fingerprint = "" };
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ModelException)
        {
            logger.LogWarning(error, "The states of picture {PictureId} cannot be read", picture);
            return null;
        }
    }

    /// <summary>Gives a new job the frames of another picture up to a step, so that its film begins where that one began.</summary>
    public void Copy(Film film, int step, Guid job)
    {
        using var trail = new StepTrail(job, folder.TrailOf(job), keepsStates: false);
        foreach (var frame in film.Open().Where(x => x.Step <= step))
        {
            trail.Add(frame.Step, frame.Frame);
        }
    }

    public void Delete(Guid picture)
    {
        // An answer in words never had a film, nor perhaps the folder for one.
        if (Directory.Exists(Path.GetDirectoryName(FilmFile(picture))))
        {
            File.Delete(FilmFile(picture));
            File.Delete(StatesFile(picture));
        }
    }

    /// <summary>Lets go of states that are too old, and of the oldest where they take too much; films stay.</summary>
    public void Sweep()
    {
        var oldest = time.GetUtcNow() - TimeSpan.FromDays(rules.Current.StepsDays);
        var left = rules.Current.StepsMegabytes * (1L << 20);
        foreach (var file in new DirectoryInfo(folder.Steps).EnumerateFiles("*.zip", SearchOption.AllDirectories).OrderByDescending(x => x.LastWriteTimeUtc))
        {
            left -= file.Length;
            if (left < 0 || file.LastWriteTimeUtc < oldest)
            {
                file.Delete();
            }
        }
    }

    /// <summary>To what picture a kept state was leading.</summary>
    public static LatentImage EstimateOf(DenoiseState state) => state.History.TryGetValue(EstimateName, out var tensor)
        ? state.Latents with { Values = MemoryMarshal.Cast<byte, float>(tensor.Bytes).ToArray() }
        : throw new ModelException($"Step {state.Step} was kept without its estimate: choose another step.");

    internal static DenoiseState WithEstimate(DenoiseState state, LatentImage estimate) => state with
    {
        History = state.History.Where(x => x.Key.StartsWith(SolverPrefix, StringComparison.Ordinal))
            .Append(new(EstimateName, new StateTensor("F32", [estimate.Channels, estimate.Height, estimate.Width], MemoryMarshal.AsBytes<float>(estimate.Values).ToArray())))
            .ToDictionary(),
    };

    private static void Pack(IReadOnlyList<string> states, string target)
    {
        var unfinished = target + ".tmp";
        File.Delete(unfinished);
        using (var zip = ZipFile.Open(unfinished, ZipArchiveMode.Create))
        {
            foreach (var state in states)
            {
                zip.CreateEntryFromFile(state, Path.GetFileName(state), CompressionLevel.NoCompression);
            }
        }

        File.Move(unfinished, target, overwrite: true);
    }

    private static string EntryName(int step) => $"{step:0000}.safetensors";

    private ZipArchive? Unpack(Guid picture) => File.Exists(StatesFile(picture)) ? ZipFile.OpenRead(StatesFile(picture)) : null;

    private string FilmFile(Guid picture) => Path.Combine(folder.Steps, $"{picture:N}"[..2], $"{picture:N}.webp");

    private string StatesFile(Guid picture) => Path.ChangeExtension(FilmFile(picture), ".zip");
}

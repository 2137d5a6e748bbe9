namespace OmniGen2.Training;

/// <summary>Keeps a second training out of a run's folder while this one writes its state and log there. The system frees it when the process ends, however it ends.</summary>
public sealed class RunLock : IDisposable
{
    public const string FileName = "run.lock";

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <param name="folder">Of the run; it is there.</param>
    /// <exception cref="ModelException">Another training writes there, or the folder cannot be written.</exception>
    public static RunLock Take(string folder)
    {
        try
        {
            return new RunLock(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{folder} cannot be taken for this training: {e.Message} If another training writes there, stop it first or name another folder.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}

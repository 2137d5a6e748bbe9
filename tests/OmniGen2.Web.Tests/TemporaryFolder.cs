namespace OmniGen2.Web.Tests;

/// <summary>A folder that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    // They come and go by themselves, also while others are copied.
    private static readonly string[] LeftOut = ["thumbs", "backups"];

    public string Path { get; } = Directory.CreateTempSubdirectory("studio-").FullName;

    /// <summary>The files as they are now: what a process that is killed at this moment leaves behind, without thumbnails and backups.</summary>
    public TemporaryFolder Snapshot()
    {
        var copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Where(x => System.IO.Path.GetFileName(x) != ".lock" && !LeftOut.Any(part => x.StartsWith(System.IO.Path.Combine(Path, part), StringComparison.Ordinal))))
        {
            var target = System.IO.Path.Combine(copy.Path, System.IO.Path.GetRelativePath(Path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

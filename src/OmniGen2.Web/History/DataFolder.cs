using Microsoft.Extensions.Options;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.History;

/// <summary>The one folder with everything that people made: pictures, thumbnails, saved states, keys and the database. One process at a time owns it.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    public DataFolder(IOptions<StudioOptions> options, IHostEnvironment environment)
    {
        Root = Path.GetFullPath(options.Value.DataPath, environment.ContentRootPath);
        try
        {
            foreach (var folder in new[] { Root, Images, Incoming, Thumbs, States, Steps, Keys })
            {
                Directory.CreateDirectory(folder);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            // The kernel drops the lock with the process, however it ends.
            _lock = new FileStream(Path.Combine(Root, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ModelException($"The folder {Root} cannot be written: allow it, or set Studio:DataPath to another one.", error);
        }
        catch (IOException error)
        {
            throw new ModelException($"The folder {Root} is used by another studio or is no folder ({error.Message}): end that one, or set Studio:DataPath to another one.", error);
        }
    }

    public string Root { get; }

    public string Database => Path.Combine(Root, "history.db");

    /// <summary>Finished pictures, year and month beneath.</summary>
    public string Images => Path.Combine(Root, "images");

    /// <summary>Pictures that are written but not yet in the index; empty unless the process ended in between.</summary>
    public string Incoming => Path.Combine(Root, "incoming");

    /// <summary>Made from the pictures on demand; may be deleted at any time.</summary>
    public string Thumbs => Path.Combine(Root, "thumbs");

    /// <summary>Saved states of pictures in the making, and their steps so far.</summary>
    public string States => Path.Combine(Root, "states");

    /// <summary>How finished pictures came to be: films of their steps, and states to go on from.</summary>
    public string Steps => Path.Combine(Root, "steps");

    public string Keys => Path.Combine(Root, "keys");

    /// <summary>The steps so far of a picture in the making.</summary>
    public string TrailOf(Guid job) => Path.Combine(States, $"{job:N}.steps");

    public long FreeBytes => new DriveInfo(Root).AvailableFreeSpace;

    public void Dispose() => _lock.Dispose();

    /// <summary>Writes a file that is there whole or not at all, whatever happens meanwhile.</summary>
    public static void WriteWhole(string path, ReadOnlySpan<byte> bytes)
    {
        var unfinished = path + ".tmp";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}

namespace OmniGen2.Cli.Shell;

/// <summary>Files that appear whole or not at all: written beside the target, and renamed at the end.</summary>
internal static class WholeFile
{
    /// <summary>Says before any work is done that a file could not be written later.</summary>
    public static void CheckPlace(string option, string path, params string[] endings)
    {
        if (endings.Length > 0 && !endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            throw new UsageException($"{option} is '{path}': use a name that ends in {string.Join(" or ", endings)}.");
        }

        if (Directory.Exists(path))
        {
            throw new UsageException($"{option} is '{path}', which is a folder: add a file name.");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"{option} is '{path}', but there is no folder '{folder}': create it first.");
        }
    }

    public static void Write(string path, byte[] bytes)
    {
        var target = Path.GetFullPath(path);
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"'{path}' cannot be written ({bytes.Length} bytes): {e.Message.TrimEnd('.')}. Free some disk or choose another place with --out.", e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}

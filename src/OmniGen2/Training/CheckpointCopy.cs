using OmniGen2.Weights;

namespace OmniGen2.Training;

/// <summary>Makes a checkpoint folder that differs from another in one part. It is there as a whole or not at all.</summary>
internal static class CheckpointCopy
{
    private const string Index = "model_index.json";

    // What a model is made of; a model card or recorded results speak of the weights that they came with.
    private static readonly string[] Files = [Index, "studio.json", "world.json"];

    private static readonly string[] Parts = ["transformer", "vae", "mllm", "processor", "scheduler"];

    /// <param name="from">A checkpoint folder.</param>
    /// <param name="to">Replaced if it is a checkpoint.</param>
    /// <param name="part">The folder whose weights are not copied, such as `vae`.</param>
    /// <param name="change">Writes those weights; gets the folder of the whole copy, and may change anything in it.</param>
    public static void Write(string from, string to, string part, Action<string> change)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(to));
        if (target == Path.TrimEndingDirectorySeparator(Path.GetFullPath(from)))
        {
            throw new ModelException($"{target} is the checkpoint that the training started from: choose another folder to export to.");
        }

        if (Directory.Exists(target) && !File.Exists(Path.Combine(target, Index)) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            throw new ModelException($"{target} holds something other than a checkpoint: choose an empty or a new folder to export to.");
        }

        var copy = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            Copy(from, copy, part);
            change(copy);
            _ = CheckpointFolder.Open(copy);
            Replace(target, copy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{target} cannot be written: {e.Message.TrimEnd('.')}; free some disk or choose another folder.", e);
        }
        finally
        {
            if (Directory.Exists(copy))
            {
                Directory.Delete(copy, recursive: true);
            }
        }
    }

    private static void Copy(string from, string to, string part)
    {
        Directory.CreateDirectory(to);
        foreach (var name in Files.Where(name => File.Exists(Path.Combine(from, name))))
        {
            File.Copy(Path.Combine(from, name), Path.Combine(to, name));
        }

        foreach (var name in Parts.Where(name => Directory.Exists(Path.Combine(from, name))))
        {
            Directory.CreateDirectory(Path.Combine(to, name));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(from, name)).Where(file => name != part || !IsWeights(file)))
            {
                File.Copy(file, Path.Combine(to, name, Path.GetFileName(file)));
            }
        }
    }

    private static bool IsWeights(string file) => Path.GetFileName(file).Contains(".safetensors", StringComparison.Ordinal);

    private static void Replace(string target, string copy)
    {
        var old = $"{copy}.old";
        if (Directory.Exists(target))
        {
            Directory.Move(target, old);
        }

        Directory.Move(copy, target);
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }
    }
}

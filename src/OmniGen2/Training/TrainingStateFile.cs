using System.Globalization;
using System.Text.Json;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training;

/// <summary>
/// States on disk. The tensors go into a file of a new name; then state.json, which says that name, takes its place at one blow; then
/// the old tensors go. So whatever happens in between, a whole state is there.
/// </summary>
public static class TrainingStateFile
{
    private const string FileName = "state.json";

    // What a process left half written when it died is swept away too.
    private const string Pattern = "state-*";

    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>When the state of a run was last saved; null where there is none.</summary>
    public static DateTimeOffset? Saved(string folder) => Exists(folder) ? File.GetLastWriteTimeUtc(Path.Combine(folder, FileName)) : null;

    /// <summary>Forgetting to resume must not cost the run that is there.</summary>
    public static void RefuseToReplace(string folder)
    {
        if (Exists(folder))
        {
            throw new ModelException($"{folder} holds a run at step {Load(folder).Step}: resume it, or choose another folder.");
        }
    }

    /// <summary>Copies a run's state and log into a folder without one, so that it goes on there and the first stays as it is.</summary>
    public static void Copy(string from, string to)
    {
        var state = Load(from);
        RefuseToReplace(to);
        try
        {
            Directory.CreateDirectory(to);
            foreach (var name in (string[])[TrainingLog.FileName, state.Tensors, FileName])
            {
                // The name of a state is written last: until then there is none.
                if (File.Exists(Path.Combine(from, name)))
                {
                    File.Copy(Path.Combine(from, name), Path.Combine(to, name), overwrite: true);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The run in {from} cannot be copied to {to}: {e.Message}", e);
        }
    }

    /// <summary>The name of the tensor file that belongs to a step.</summary>
    public static string TensorsName(long step) => string.Create(CultureInfo.InvariantCulture, $"state-{step:D8}.safetensors");

    public static void Save(string folder, TrainingState state, IReadOnlyDictionary<string, Tensor> tensors)
    {
        SafetensorsWriter.Save(Path.Combine(folder, state.Tensors), tensors);
        var path = Path.Combine(folder, FileName);
        try
        {
            File.WriteAllBytes(path + ".tmp", JsonSerializer.SerializeToUtf8Bytes(state, StrictJson.Format));
            File.Move(path + ".tmp", path, overwrite: true);
            foreach (var old in Directory.EnumerateFiles(folder, Pattern).Where(f => Path.GetFileName(f) != state.Tensors))
            {
                File.Delete(old);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path} cannot be written: {e.Message} The state before it is intact; free some disk and resume.", e);
        }
    }

    public static TrainingState Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new ModelException($"{folder} holds no saved state ({FileName}): give the folder that an earlier run wrote to.");
        }

        var state = StrictJson.Load<TrainingState>(path);
        return state.Version == TrainingState.CurrentVersion
            ? state
            : throw new ModelException($"{path} is of version {state.Version}, this program reads {TrainingState.CurrentVersion}: resume with the program that wrote it.");
    }

    /// <summary>The tensors below a prefix, without it; views of the file.</summary>
    public static IReadOnlyDictionary<string, Tensor> Tensors(SafetensorsFile file, string prefix) =>
        file.Names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(n => n[prefix.Length..], file.Tensor);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace OmniGen2.Training;

/// <summary>A file of one JSON object a step. A resumed run first cuts what the crashed one wrote beyond the state that it starts from.</summary>
public sealed class TrainingLog : IDisposable
{
    public const string FileName = "log.jsonl";

    private static readonly JsonSerializerOptions Format = new(StrictJson.Format)
    {
        WriteIndented = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    // Without a buffer: what a full disk refuses is not tried again when the file is closed.
    private readonly FileStream _file;

    private TrainingLog(string path) => _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <param name="folder">Of the run.</param>
    /// <param name="after">Steps up to this one stay.</param>
    public static TrainingLog Open(string folder, long after)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            if (File.Exists(path))
            {
                var kept = Read(folder).Where(s => s.Step <= after).Select(s => JsonSerializer.Serialize(s, Format)).ToList();
                File.WriteAllLines(path + ".tmp", kept);
                File.Move(path + ".tmp", path, overwrite: true);
            }

            return new TrainingLog(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
    }

    /// <summary>The steps of a run so far. A last line that a crash cut short is left out.</summary>
    public static IReadOnlyList<TrainingStep> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        var steps = new List<TrainingStep>();
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                steps.Add(JsonSerializer.Deserialize<TrainingStep>(lines[i], Format)!);
            }
            catch (JsonException e) when (i < lines.Length - 1)
            {
                throw new ModelException($"{path} is damaged in line {i + 1}: {e.Message} Move it away to begin a new log.", e);
            }
            catch (JsonException)
            {
                // Only the last line can be half written.
                break;
            }
        }

        return steps;
    }

    public void Write(TrainingStep step)
    {
        try
        {
            _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(step, Format), (byte)'\n']);
        }
        catch (IOException e)
        {
            throw Unwritable(_file.Name, e);
        }
    }

    public void Dispose() => _file.Dispose();

    private static ModelException Unwritable(string path, Exception e) =>
        new($"{path} cannot be written: {e.Message.TrimEnd('.')}. The last saved state is intact; free some disk and resume.", e);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace OmniGen2.Training;

/// <summary>A file of one JSON object a step. A resumed run first cuts what the crashed one wrote beyond the state that it starts from.</summary>
public sealed class TrainingLog : IDisposable
{
    private const string FileName = "log.jsonl";

    private static readonly JsonSerializerOptions Format = new(StrictJson.Format)
    {
        WriteIndented = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly StreamWriter _writer;

    private TrainingLog(string path) => _writer = new StreamWriter(path, append: true) { AutoFlush = true };

    /// <param name="folder">Of the run.</param>
    /// <param name="after">Steps up to this one stay.</param>
    public static TrainingLog Open(string folder, long after)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            var kept = Read(folder).Where(s => s.Step <= after).Select(s => JsonSerializer.Serialize(s, Format)).ToList();
            File.WriteAllLines(path + ".tmp", kept);
            File.Move(path + ".tmp", path, overwrite: true);
        }

        return new TrainingLog(path);
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

    public void Write(TrainingStep step) => _writer.WriteLine(JsonSerializer.Serialize(step, Format));

    public void Dispose() => _writer.Dispose();
}

using System.Text.Json.Nodes;

namespace OmniGen2.Cli.Bench;

/// <summary>What was measured on which machine, as a table or as one line of JSON.</summary>
internal sealed class BenchReport(BenchHead head)
{
    private readonly List<Figure> _figures = [];
    private readonly List<(string Part, string Message)> _faults = [];

    public bool HasFaults => _faults.Count > 0;

    public void Add(Figure figure) => _figures.Add(figure);

    /// <summary>A part that has no figures, and why.</summary>
    public void Fail(string part, string message) => _faults.Add((part, message));

    public void AddMedian(Samples samples, string key, string label, FigureUnit unit) => Add(new Figure(key, label, samples.Median(key), unit));

    public void Write(TextWriter output, bool asJson)
    {
        if (asJson)
        {
            output.WriteLine(ToJson());
        }
        else
        {
            WriteTable(output);
        }
    }

    private string ToJson()
    {
        var json = head.ToJson();
        foreach (var figure in _figures)
        {
            json[figure.Key] = figure.Value;
        }

        if (HasFaults)
        {
            json["faults"] = new JsonObject(_faults.Select(f => KeyValuePair.Create<string, JsonNode?>(f.Part, f.Message)));
        }

        return json.ToJsonString();
    }

    private void WriteTable(TextWriter output)
    {
        output.WriteLine(head.Line);
        var width = _figures.Max(f => f.Label.Length);
        var numbers = _figures.Max(f => f.Text.Length);
        foreach (var figure in _figures)
        {
            output.WriteLine($"  {figure.Label.PadRight(width)}  {figure.Text.PadLeft(numbers)}");
        }

        foreach (var (part, message) in _faults)
        {
            output.WriteLine($"  {part} failed: {message.ReplaceLineEndings(" ")}");
        }
    }
}

namespace OmniGen2.Cli.Bench;

/// <summary>What was measured on which machine, as a table or as one line of JSON.</summary>
internal sealed class BenchReport(BenchHead head)
{
    private readonly List<Figure> _figures = [];

    public void Add(Figure figure) => _figures.Add(figure);

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
    }
}

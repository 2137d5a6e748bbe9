using System.Diagnostics;
using OmniGen2.Cli.Shell;
using TorchSharp;

namespace OmniGen2.Cli.Bench;

/// <summary>
/// What a GPU does with the released sizes, everything in one run. A part that fails is named in the report with what it said, and the others go on: a GPU that is
/// lent for minutes should not lose all figures to one fault. Runs on the CPU too, where figures of the device's memory are missing and fp8 is only shown.
/// </summary>
internal sealed class GpuBench(BenchSettings settings, GpuSettings gpu, ProgressLine progress)
{
    private readonly bool _isCpu = settings.Device.type == DeviceType.CPU;
    private readonly Samples _samples = new();

    private PipelineOptions Plain => new() { Precision = settings.Precision, Residency = Residency.All, Tell = progress.Say };

    /// <returns>Figures, and what went wrong.</returns>
    public BenchReport Run(string subject)
    {
        var transformer = new DirectoryInfo(Path.Combine(settings.Model, "transformer"));
        settings = settings with { DType = settings.Precision.On(settings.Device, transformer.EnumerateFiles("*.safetensors").Sum(f => f.Length)) };
        var head = BenchHead.Of(subject, settings);
        var report = new BenchReport(head with { Numbers = [.. head.Numbers, ("small", gpu.Small)] });
        Try("pictures", GpuParts.Pictures, MeasurePictures, report);
        Try("answers", GpuParts.Answers, r => MeasureAnswers("", settings, r), report);
        Try("streamed", GpuParts.Streamed, r => Compare("streamed", "weights streamed", settings.Size, Plain with { Residency = Residency.Streamed }, r), report);
        Try("fp8", GpuParts.Float8, MeasureFloat8, report);
        Try("graphs", GpuParts.Graphs, MeasureGraphs, report);
        _samples.AddPeakMemory();
        report.Add(new Figure("peak_rss_bytes", "peak memory of the machine", _samples.Largest("peak_rss_bytes"), FigureUnit.Bytes));
        return report;
    }

    private void Try(string name, GpuParts part, Action<BenchReport> measure, BenchReport report)
    {
        if (!gpu.Parts.HasFlag(part))
        {
            return;
        }

        settings.Stop.ThrowIfCancellationRequested();
        var begin = Stopwatch.GetTimestamp();
        try
        {
            measure(report);
        }
        catch (Exception e) when (e is ModelException or TorchException)
        {
            report.Fail(name, e.Message);
        }

        Accelerator.EmptyCache(settings.Device);
        report.Add(new Figure($"{name}_wall_seconds", "  all of that took", Stopwatch.GetElapsedTime(begin).TotalSeconds, FigureUnit.Seconds));
    }

    private void MeasurePictures(BenchReport report)
    {
        var begin = Stopwatch.GetTimestamp();
        using var pipeline = Load("Loading the model", Plain);
        report.Add(new Figure("load_seconds", "loading", Stopwatch.GetElapsedTime(begin).TotalSeconds, FigureUnit.Seconds));
        var drawing = new GpuDrawing(pipeline, settings.Stop);
        (string Key, string Label, GenerationRequest Request, bool WithPreviews)[] ways =
        [
            ("t2i", $"picture {settings.Size}², {settings.Steps} steps", drawing.Request(settings.Size, settings.Steps), false),
            ("t2i_previews", "  with a preview of each step", drawing.Request(settings.Size, settings.Steps), true),
            ("edit", $"edit of one reference {settings.Size}²", drawing.Request(settings.Size, settings.Steps, 1), false),
            ("small", $"picture {gpu.Small}²", drawing.Request(gpu.Small, settings.Steps), false),
        ];
        Turns("Pictures", ways.Length, i => drawing.WarmUp(ways[i].Key, ways[i].Request, _samples, ways[i].WithPreviews), i => drawing.Measure(ways[i].Key, ways[i].Request, _samples, ways[i].WithPreviews));
        foreach (var way in ways)
        {
            Report(way.Key, way.Label, report);
        }

        report.Add(Ratio("previews_over_without", "  previews / without", "t2i_previews", "t2i"));
    }

    private void MeasureAnswers(string prefix, BenchSettings way, BenchReport report)
    {
        progress.Begin("Answers");
        var samples = LanguageBench.Measure(way);
        progress.End();
        report.Add(new Figure($"{prefix}{LanguageBench.PrefillSeconds}", $"prefill of {LanguageBench.PromptTokens} tokens", samples.Median(LanguageBench.PrefillSeconds), FigureUnit.Seconds));
        report.Add(new Figure($"{prefix}{LanguageBench.DecodeRate}", "decode", samples.Median(LanguageBench.DecodeRate), FigureUnit.Rate));
        report.Add(new Figure($"{prefix}{LanguageBench.DecodeOverFloor}", "  decode / bandwidth floor", samples.Median(LanguageBench.DecodeOverFloor), FigureUnit.Ratio));
    }

    private void MeasureFloat8(BenchReport report)
    {
        Compare("fp8", _isCpu ? "layers in fp8, emulated" : "layers in fp8", settings.Size, Plain with { Weights = BlockWeights.Float8, EmulatesFloat8 = _isCpu }, report);
        MeasureAnswers("fp8_", settings with { Weights = BlockWeights.Float8 }, report);
    }

    private void MeasureGraphs(BenchReport report)
    {
        Compare("graphs_off", "without recorded steps", gpu.Small, Plain with { Graphs = GraphUse.Off }, report);
        MeasureAnswers("graphs_off_", settings with { Graphs = GraphUse.Off }, report);
    }

    // First alone, so that the device's memory is its own; then by turns with the plain way.
    private void Compare(string key, string label, int size, PipelineOptions options, BenchReport report)
    {
        using var other = Load($"Loading, {label}", options);
        var first = new GpuDrawing(other, settings.Stop);
        var request = first.Request(size, settings.Steps);
        first.WarmUp(key, request, _samples);
        using var plain = Load("Loading beside it", Plain);
        var second = new GpuDrawing(plain, settings.Stop);
        var against = $"{key}_against";
        Turns(label, 2, i => (i == 0 ? first : second).WarmUp($"{key}_warm", request, new Samples()), i => (i == 0 ? first : second).Measure(i == 0 ? key : against, request, _samples));
        Report(key, $"picture {size}², {label}", report);
        report.Add(Ratio($"{key}_over_plain", $"  {label} / plain", key, against));
    }

    private OmniGen2Pipeline Load(string what, PipelineOptions options)
    {
        progress.Begin(what);
        var pipeline = OmniGen2Pipeline.Load(settings.Model, options);
        progress.End();
        return pipeline;
    }

    // One to warm up, then all ways by turns, so that what else the machine does meets all of them.
    private void Turns(string title, int ways, Action<int> warmUp, Action<int> measure)
    {
        progress.Begin(title, settings.Repeats + 1);
        for (var run = 0; run <= settings.Repeats; run++)
        {
            for (var way = 0; way < ways; way++)
            {
                (run == 0 ? warmUp : measure)(way);
            }

            progress.Advance(run + 1);
        }

        progress.End();
    }

    private void Report(string key, string label, BenchReport report)
    {
        report.Add(new Figure($"{key}_seconds", label, _samples.Median(key), FigureUnit.Seconds));
        report.Add(new Figure($"{key}_denoising_seconds", "  denoising alone", _samples.Median(GpuDrawing.DenoisingName(key)), FigureUnit.Seconds));
        if (_samples.Values.ContainsKey(GpuDrawing.PeakName(key)))
        {
            report.Add(new Figure($"{key}_device_peak_bytes", "  peak of the device's memory", _samples.Largest(GpuDrawing.PeakName(key)), FigureUnit.Bytes));
        }
    }

    // The median of the pairs.
    private Figure Ratio(string key, string label, string first, string second)
    {
        var pairs = new Samples();
        pairs.Add(key, [.. _samples.Values[first].Zip(_samples.Values[second], (a, b) => a / b)]);
        return new Figure($"{key}_time", label, pairs.Median(key), FigureUnit.Ratio);
    }
}

using OmniGen2.Evaluation.Parity;
using OmniGen2.Models.Diffusion;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>One forward of the transformer on given weights and inputs: the same work as another implementation's, to be measured beside it.</summary>
internal static class ForwardBench
{
    private const string Seconds = "seconds";

    private const string Error = "error";

    public static BenchReport Run(ForwardSettings settings)
    {
        var before = get_num_threads();
        set_num_threads(settings.Threads);
        try
        {
            return Measure(settings);
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private static BenchReport Measure(ForwardSettings settings)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var folder = Directory.Exists(settings.Weights) ? settings.Weights : Path.GetDirectoryName(Path.GetFullPath(settings.Weights))!;
        var config = TransformerConfig.Load(CheckpointFolder.Config(folder));
        var file = SafetensorsFile.Open(settings.Inputs);
        var type = settings.Precision.On(settings.Device, Bytes(settings.Weights));
        using var source = SafetensorsSource.Open(settings.Weights, new SafetensorsOptions { DType = type, Device = settings.Device });
        var model = source.Build(weights => new OmniGen2Transformer(config, weights));
        var inputs = TransformerInputs.Of(file, settings.Device);

        var samples = new Samples();
        samples.Time(Seconds, settings.Repeats, settings.Device, settings.Turns, Forward, settings.Stop);
        samples.AddPeakMemory();
        Compare(settings, inputs, model, type, file, samples);
        return Report(settings, inputs, config, samples, type);

        void Forward()
        {
            for (var b = 0; b < inputs.Count; b++)
            {
                inputs.Forward(model, b, type).Dispose();
            }
        }
    }

    // Not timed: what came out, and how far from what the file says should.
    private static void Compare(ForwardSettings settings, TransformerInputs inputs, OmniGen2Transformer model, ScalarType type, SafetensorsFile file, Samples samples)
    {
        var outputs = Enumerable.Range(0, inputs.Count).ToDictionary(
            b => $"out.s{b}.output", b => inputs.Forward(model, b, type).squeeze(0).to_type(ScalarType.Float32).cpu());
        foreach (var (name, output) in outputs.Where(o => file.Names.Contains(o.Key)))
        {
            var expected = file.Tensor(name).to_type(ScalarType.Float32);
            samples.Add(Error, ((output - expected).abs().max() / expected.abs().max()).item<float>());
        }

        if (settings.Output is { } path)
        {
            SafetensorsWriter.Save(path, [.. outputs.Select(o => new SafetensorsItem(o.Key, ScalarType.Float32, o.Value.shape, () => o.Value))]);
        }
    }

    private static BenchReport Report(ForwardSettings settings, TransformerInputs inputs, TransformerConfig config, Samples samples, ScalarType type)
    {
        var report = new BenchReport(new BenchHead("forward", settings.Device, type, settings.Repeats));
        report.Add(new Figure("samples", "samples", inputs.Count, FigureUnit.Count));
        report.Add(new Figure("tokens", "tokens of the longest sample", Enumerable.Range(0, inputs.Count).Max(b => Tokens(inputs, b, config)), FigureUnit.Count));
        report.Add(new Figure("median_seconds", "median", samples.Median(Seconds), FigureUnit.Seconds));
        report.Add(new Figure("best_seconds", "best", samples.Values[Seconds].Min(), FigureUnit.Seconds));
        report.Add(new Figure("processor_seconds", "processor time", samples.Median(Samples.CpuName(Seconds)), FigureUnit.Seconds));
        report.Add(new Figure("peak_rss_bytes", "peak memory", samples.Largest("peak_rss_bytes"), FigureUnit.Bytes));
        if (samples.Values.ContainsKey(Error))
        {
            report.Add(new Figure("relative_error", "largest difference from the recorded result / its largest value", samples.Largest(Error), FigureUnit.Error));
        }

        return report;
    }

    private static long Tokens(TransformerInputs inputs, int sample, TransformerConfig config) =>
        inputs.Text(sample).shape[1] + inputs.References(sample).Append(inputs.Latent(sample)).Sum(x => x.shape[2] * x.shape[3] / (config.PatchSize * config.PatchSize));

    private static long Bytes(string path) =>
        Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*.safetensors").Sum(f => f.Length) : new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}

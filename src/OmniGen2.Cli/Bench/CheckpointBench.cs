using System.Diagnostics;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Bench;

/// <summary>Every part of a checkpoint by itself, then whole pictures.</summary>
internal static class CheckpointBench
{
    private const string LoadSeconds = "load_seconds";

    public static BenchReport Run(BenchSettings settings, ProgressLine progress)
    {
        var samples = new Samples();
        settings = MeasurePicture(settings, samples, progress);
        samples.Add(Measure("Transformer", TransformerBench.Measure, settings, progress));
        samples.Add(Measure("Autoencoder", VaeBench.Measure, settings, progress));
        samples.Add(Measure("Language model", LanguageBench.Measure, settings, progress));

        var report = new BenchReport(BenchHead.Of(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.Model))), settings));
        report.AddMedian(samples, TransformerBench.Tokens, "tokens in the transformer", FigureUnit.Count);
        report.AddMedian(samples, TransformerBench.Seconds, "transformer forward", FigureUnit.Seconds);
        report.AddMedian(samples, VaeBench.EncodeSeconds, $"VAE encode {settings.Size}²", FigureUnit.Seconds);
        report.AddMedian(samples, VaeBench.DecodeSeconds, $"VAE decode {settings.Size}²", FigureUnit.Seconds);
        report.AddMedian(samples, LanguageBench.PrefillSeconds, $"prefill of {LanguageBench.PromptTokens} tokens", FigureUnit.Seconds);
        report.Add(new Figure("prefill_tokens_per_second", "prefill", LanguageBench.PromptTokens / samples.Median(LanguageBench.PrefillSeconds), FigureUnit.Rate));
        report.AddMedian(samples, LanguageBench.DecodeRate, "decode", FigureUnit.Rate);
        report.AddMedian(samples, LanguageBench.Bandwidth, "memory bandwidth", FigureUnit.Bandwidth);
        report.AddMedian(samples, LanguageBench.DecodeOverFloor, "decode / bandwidth floor", FigureUnit.Ratio);
        report.AddMedian(samples, LoadSeconds, "loading", FigureUnit.Seconds);
        report.AddMedian(samples, PictureBench.Seconds, $"whole picture, {settings.Steps} steps, 2 branches", FigureUnit.Seconds);
        report.Add(new Figure("peak_rss_bytes", "peak memory", samples.Largest("peak_rss_bytes"), FigureUnit.Bytes));
        return report;
    }

    // First, because loading decides about the precision that the parts are then measured in.
    private static BenchSettings MeasurePicture(BenchSettings settings, Samples samples, ProgressLine progress)
    {
        var begin = Stopwatch.GetTimestamp();
        using var pipeline = ModelLoader.Load(settings.Model, settings.Precision, progress, weights: settings.Weights, graphs: settings.Graphs);
        samples.Add(LoadSeconds, Stopwatch.GetElapsedTime(begin).TotalSeconds);
        settings = settings with { DType = pipeline.Precision };
        samples.Add(Measure("Whole picture", s => PictureBench.Measure(pipeline, s), settings, progress));
        return settings;
    }

    private static Samples Measure(string name, Func<BenchSettings, Samples> measure, BenchSettings settings, ProgressLine progress)
    {
        settings.Stop.ThrowIfCancellationRequested();
        progress.Begin(name);
        var samples = measure(settings);
        progress.End();
        return samples;
    }
}

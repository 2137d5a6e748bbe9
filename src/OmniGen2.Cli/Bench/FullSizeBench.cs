using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Bench;

/// <summary>The released sizes, with all weights in memory and streamed from the mapped files, or in 8 bits, by turns.</summary>
internal static class FullSizeBench
{
    public static BenchReport Run(BenchSettings settings, BenchParts parts, ProgressLine progress)
    {
        var checkpoint = new RandomCheckpoint(settings.Model, progress, settings.Stop);
        if (parts == BenchParts.Transformer)
        {
            checkpoint.EnsureTransformer();
        }
        else
        {
            checkpoint.EnsureAll();
        }

        var report = new BenchReport(BenchHead.Of("released sizes, random weights", settings with { Weights = BlockWeights.Full }));
        if (parts != BenchParts.Transformer)
        {
            var title = $"picture {settings.Size}², {settings.Steps} steps, 2 branches";
            Compare("picture", PictureBench.Seconds, title, "", settings, report, progress);
        }

        if (parts != BenchParts.Picture)
        {
            Compare("transformer", TransformerBench.Seconds, "transformer forward", parts == BenchParts.All ? "transformer_" : "", settings, report, progress);
        }

        if (parts == BenchParts.All)
        {
            MeasureOthers(settings, report, progress);
        }

        return report;
    }

    // Beside the weights as they are, in memory: streamed, or in 8 bits when these are asked for.
    private static void Compare(string part, string seconds, string title, string prefix, BenchSettings settings, BenchReport report, ProgressLine progress)
    {
        var (key, way) = settings.Weights switch
        {
            BlockWeights.Int8 => ("int8", "8-bit weights"),
            BlockWeights.Float8 => ("fp8", "fp8 weights"),
            _ => ("streamed", "streamed"),
        };
        var resident = settings with { Weights = BlockWeights.Full };
        var (first, second) = TakeTurns(part, $"{title}, in memory and {way}", resident, settings with { IsStreamed = resident == settings }, progress);
        var ratios = new Samples();
        ratios.Add("ratio", [.. second.Values[seconds].Zip(first.Values[seconds], (s, r) => s / r)]);
        var cpu = Samples.CpuName(seconds);
        if (first.Values.ContainsKey(TransformerBench.Tokens))
        {
            report.Add(new Figure(TransformerBench.Tokens, "tokens in the transformer", first.Median(TransformerBench.Tokens), FigureUnit.Count));
        }

        report.Add(new Figure($"{prefix}resident_seconds", $"{title}, in memory", first.Median(seconds), FigureUnit.Seconds));
        report.Add(new Figure($"{prefix}{key}_seconds", $"{title}, {way}", second.Median(seconds), FigureUnit.Seconds));
        report.Add(new Figure($"{prefix}{key}_over_resident_time", $"  {way} / in memory", ratios.Median("ratio"), FigureUnit.Ratio));
        report.Add(new Figure($"{prefix}resident_cpu_seconds", "  processor time, in memory", first.Median(cpu), FigureUnit.Seconds));
        report.Add(new Figure($"{prefix}{key}_cpu_seconds", $"  processor time, {way}", second.Median(cpu), FigureUnit.Seconds));
        report.Add(new Figure($"{prefix}resident_peak_rss_bytes", "  peak memory, in memory", first.Largest("peak_rss_bytes"), FigureUnit.Bytes));
        report.Add(new Figure($"{prefix}{key}_peak_rss_bytes", $"  peak memory, {way}", second.Largest("peak_rss_bytes"), FigureUnit.Bytes));
    }

    private static (Samples First, Samples Second) TakeTurns(string part, string title, BenchSettings one, BenchSettings other, ProgressLine progress)
    {
        progress.Begin($"{title} by turns", one.Repeats + 1);
        using var first = PartProcess.Start(part, one, byTurns: true);
        using var second = PartProcess.Start(part, other, byTurns: true);
        for (var run = 1; run <= one.Repeats + 1; run++)
        {
            first.Turn();
            second.Turn();
            progress.Advance(run);
        }

        progress.End();
        return (first.Finish(), second.Finish());
    }

    private static void MeasureOthers(BenchSettings settings, BenchReport report, ProgressLine progress)
    {
        progress.Begin("Autoencoder");
        var vae = PartProcess.Run("vae", settings);
        progress.Begin("Language model");
        var language = PartProcess.Run("mllm", settings);
        progress.End();
        report.AddMedian(vae, VaeBench.EncodeSeconds, $"VAE encode {settings.Size}²", FigureUnit.Seconds);
        report.AddMedian(vae, VaeBench.DecodeSeconds, $"VAE decode {settings.Size}²", FigureUnit.Seconds);
        report.Add(new Figure("vae_peak_rss_bytes", "peak memory, VAE", vae.Largest("peak_rss_bytes"), FigureUnit.Bytes));
        report.AddMedian(language, LanguageBench.PrefillSeconds, $"prefill of {LanguageBench.PromptTokens} tokens", FigureUnit.Seconds);
        report.AddMedian(language, LanguageBench.DecodeRate, "decode", FigureUnit.Rate);
        report.AddMedian(language, LanguageBench.Bandwidth, "memory bandwidth", FigureUnit.Bandwidth);
        report.AddMedian(language, LanguageBench.DecodeOverFloor, "decode / bandwidth floor", FigureUnit.Ratio);
        report.Add(new Figure("language_peak_rss_bytes", "peak memory, language model", language.Largest("peak_rss_bytes"), FigureUnit.Bytes));
    }
}

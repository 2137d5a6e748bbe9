using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Bench;

/// <summary>The released sizes, with all weights in memory and streamed from the mapped files by turns.</summary>
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

        var report = new BenchReport(BenchHead.Of("released sizes, random weights", settings));
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

    private static void Compare(string part, string seconds, string title, string prefix, BenchSettings settings, BenchReport report, ProgressLine progress)
    {
        var (resident, streamed) = TakeTurns(part, title, settings, progress);
        var ratios = new Samples();
        ratios.Add("ratio", [.. streamed.Values[seconds].Zip(resident.Values[seconds], (s, r) => s / r)]);
        var cpu = Samples.CpuName(seconds);
        if (resident.Values.ContainsKey(TransformerBench.Tokens))
        {
            report.Add(new Figure(TransformerBench.Tokens, "tokens in the transformer", resident.Median(TransformerBench.Tokens), FigureUnit.Count));
        }

        report.Add(new Figure($"{prefix}resident_seconds", $"{title}, in memory", resident.Median(seconds), FigureUnit.Seconds));
        report.Add(new Figure($"{prefix}streamed_seconds", $"{title}, streamed", streamed.Median(seconds), FigureUnit.Seconds));
        report.Add(new Figure($"{prefix}streamed_over_resident_time", "  streamed / in memory", ratios.Median("ratio"), FigureUnit.Ratio));
        report.Add(new Figure($"{prefix}resident_cpu_seconds", "  processor time, in memory", resident.Median(cpu), FigureUnit.Seconds));
        report.Add(new Figure($"{prefix}streamed_cpu_seconds", "  processor time, streamed", streamed.Median(cpu), FigureUnit.Seconds));
        report.Add(new Figure($"{prefix}resident_peak_rss_bytes", "  peak memory, in memory", resident.Largest("peak_rss_bytes"), FigureUnit.Bytes));
        report.Add(new Figure($"{prefix}streamed_peak_rss_bytes", "  peak memory, streamed", streamed.Largest("peak_rss_bytes"), FigureUnit.Bytes));
    }

    private static (Samples Resident, Samples Streamed) TakeTurns(string part, string title, BenchSettings settings, ProgressLine progress)
    {
        progress.Begin($"{title}, in memory and streamed by turns", settings.Repeats + 1);
        using var resident = PartProcess.Start(part, settings, byTurns: true);
        using var streamed = PartProcess.Start(part, settings with { IsStreamed = true }, byTurns: true);
        for (var run = 1; run <= settings.Repeats + 1; run++)
        {
            resident.Turn();
            streamed.Turn();
            progress.Advance(run);
        }

        progress.End();
        return (resident.Finish(), streamed.Finish());
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

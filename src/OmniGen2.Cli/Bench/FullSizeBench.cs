using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Bench;

/// <summary>The released sizes: the transformer with all weights in memory and streamed from the mapped file by turns, and on request the other parts.</summary>
internal static class FullSizeBench
{
    public static BenchReport Run(BenchSettings settings, BenchParts parts, ProgressLine progress)
    {
        var checkpoint = new RandomCheckpoint(settings.Model, progress, settings.Stop);
        checkpoint.EnsureTransformer();
        if (parts == BenchParts.All)
        {
            checkpoint.EnsureVae();
            checkpoint.EnsureLanguage();
        }

        var report = new BenchReport(BenchHead.Of("released sizes, random weights", settings));
        MeasureTransformer(settings, report, progress);
        if (parts == BenchParts.All)
        {
            MeasureOthers(settings, report, progress);
        }

        return report;
    }

    private static void MeasureTransformer(BenchSettings settings, BenchReport report, ProgressLine progress)
    {
        var (resident, streamed) = TakeTurns(settings, progress);
        var ratios = new Samples();
        ratios.Add("ratio", [.. streamed.Values[TransformerBench.Seconds].Zip(resident.Values[TransformerBench.Seconds], (s, r) => s / r)]);
        var cpu = Samples.CpuName(TransformerBench.Seconds);

        report.Add(new Figure(TransformerBench.Tokens, "tokens in the transformer", resident.Median(TransformerBench.Tokens), FigureUnit.Count));
        report.Add(new Figure("resident_seconds", "transformer forward, in memory", resident.Median(TransformerBench.Seconds), FigureUnit.Seconds));
        report.Add(new Figure("streamed_seconds", "transformer forward, streamed", streamed.Median(TransformerBench.Seconds), FigureUnit.Seconds));
        report.Add(new Figure("streamed_over_resident_time", "streamed / in memory", ratios.Median("ratio"), FigureUnit.Ratio));
        report.Add(new Figure("resident_cpu_seconds", "processor time, in memory", resident.Median(cpu), FigureUnit.Seconds));
        report.Add(new Figure("streamed_cpu_seconds", "processor time, streamed", streamed.Median(cpu), FigureUnit.Seconds));
        report.Add(new Figure("resident_peak_rss_bytes", "peak memory, in memory", resident.Largest("peak_rss_bytes"), FigureUnit.Bytes));
        report.Add(new Figure("streamed_peak_rss_bytes", "peak memory, streamed", streamed.Largest("peak_rss_bytes"), FigureUnit.Bytes));
    }

    private static (Samples Resident, Samples Streamed) TakeTurns(BenchSettings settings, ProgressLine progress)
    {
        progress.Begin("Transformer, in memory and streamed by turns", settings.Repeats + 1);
        using var resident = PartProcess.Start("transformer", settings, byTurns: true);
        using var streamed = PartProcess.Start("transformer", settings with { IsStreamed = true }, byTurns: true);
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
        report.Add(new Figure("language_peak_rss_bytes", "peak memory, language model", language.Largest("peak_rss_bytes"), FigureUnit.Bytes));
    }
}

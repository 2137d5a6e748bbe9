using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Bench;

/// <summary>The released sizes: the transformer with all weights in memory and streamed from the mapped file by turns, and on request the other parts.</summary>
internal static class FullSizeBench
{
    private const string ResidentPeak = "resident_peak_rss_bytes";
    private const string StreamedPeak = "streamed_peak_rss_bytes";

    /// <summary>Turns of both modes, so that what else the machine does meets both.</summary>
    private const int Rounds = 2;

    public static BenchReport Run(BenchSettings settings, bool allParts, ProgressLine progress)
    {
        var checkpoint = new RandomCheckpoint(settings.Model, progress, settings.Stop);
        checkpoint.EnsureTransformer();
        if (allParts)
        {
            checkpoint.EnsureVae();
            checkpoint.EnsureLanguage();
        }

        var report = new BenchReport("released sizes, random weights", settings);
        MeasureTransformer(settings, report, progress);
        if (allParts)
        {
            MeasureOthers(settings, report, progress);
        }

        return report;
    }

    private static void MeasureTransformer(BenchSettings settings, BenchReport report, ProgressLine progress)
    {
        var (resident, streamed) = (new Samples(), new Samples());
        for (var round = 1; round <= Rounds; round++)
        {
            progress.Begin($"Transformer in memory, round {round}/{Rounds}");
            resident.Add(PartProcess.Run("transformer", settings));
            progress.Begin($"Transformer streamed, round {round}/{Rounds}");
            streamed.Add(PartProcess.Run("transformer", settings with { IsStreamed = true }));
            progress.End();
        }

        var (residentSeconds, streamedSeconds) = (resident.Median(TransformerBench.Seconds), streamed.Median(TransformerBench.Seconds));
        report.Add(new Figure(TransformerBench.Tokens, "tokens in the transformer", resident.Median(TransformerBench.Tokens), FigureUnit.Count));
        report.Add(new Figure("resident_seconds", "transformer forward, in memory", residentSeconds, FigureUnit.Seconds));
        report.Add(new Figure("streamed_seconds", "transformer forward, streamed", streamedSeconds, FigureUnit.Seconds));
        report.Add(new Figure("streamed_over_resident_time", "streamed / in memory", streamedSeconds / residentSeconds, FigureUnit.Ratio));
        report.Add(new Figure(ResidentPeak, "peak memory, in memory", resident.Largest("peak_rss_bytes"), FigureUnit.Bytes));
        report.Add(new Figure(StreamedPeak, "peak memory, streamed", streamed.Largest("peak_rss_bytes"), FigureUnit.Bytes));
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

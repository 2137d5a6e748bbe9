using System.Diagnostics;
using OmniGen2.Cli.Shell;
using OmniGen2.Evaluation;

namespace OmniGen2.Cli.Bench;

/// <summary>What each shortcut saves and what it costs: the same pictures exactly and with it, by turns.</summary>
internal static class ApproximationsBench
{
    private const double Guidance = 4;

    private static readonly (string Key, string Label, Func<GenerationRequest, GenerationRequest> With)[] Shortcuts =
    [
        ("teacache", "TeaCache 0.05", r => r with { Cache = new CacheOptions.TeaCache() }),
        ("teacache_bold", "TeaCache 0.15", r => r with { Cache = new CacheOptions.TeaCache(0.15) }),
        ("taylorseer", "TaylorSeer", r => r with { Cache = new CacheOptions.TaylorSeer() }),
        ("cfg_range", "guidance until 60 %", r => r with { CfgEnd = 0.6 }),
    ];

    public static BenchReport Run(BenchSettings settings, ProgressLine progress)
    {
        using var pipeline = ModelLoader.Load(settings.Model, settings.Precision, progress);
        settings = settings with { DType = pipeline.Precision };
        var samples = new Samples();
        progress.Begin("Pictures, exact and with each shortcut", settings.Repeats);
        for (var i = 0; i < settings.Repeats; i++)
        {
            Draw(pipeline, settings, Request(pipeline.Info, settings, i) with { Steps = 1 });   // the prompt has been read when anything counts
            Compare(pipeline, settings, Request(pipeline.Info, settings, i), samples);
            progress.Advance(i + 1);
        }

        progress.End();
        var report = new BenchReport(BenchHead.Of(pipeline.Info.Name, settings));
        foreach (var (key, label, _) in Shortcuts)
        {
            report.Add(new Figure($"{key}_speedup", $"{label}, times as fast", samples.Median($"{key}_speedup"), FigureUnit.Ratio));
            report.Add(new Figure($"{key}_psnr", "  PSNR against exact, median", samples.Median($"{key}_psnr"), FigureUnit.Decibel));
            report.Add(new Figure($"{key}_psnr_least", "  PSNR of the worst", samples.Values[$"{key}_psnr"].Min(), FigureUnit.Decibel));
            report.Add(new Figure($"{key}_ssim", "  SSIM, median", samples.Median($"{key}_ssim"), FigureUnit.Ratio));
            report.Add(new Figure($"{key}_passes", "  passes through the layers / all", samples.Median($"{key}_passes"), FigureUnit.Ratio));
        }

        return report;
    }

    private static void Compare(OmniGen2Pipeline pipeline, BenchSettings settings, GenerationRequest request, Samples samples)
    {
        var exact = Draw(pipeline, settings, request);
        foreach (var (key, _, with) in Shortcuts)
        {
            var quick = Draw(pipeline, settings, with(request));
            samples.Add($"{key}_speedup", exact.Seconds / quick.Seconds);
            samples.Add($"{key}_psnr", Psnr.Of(exact.Picture, quick.Picture));
            samples.Add($"{key}_ssim", Ssim.Of(exact.Picture, quick.Picture));
            samples.Add($"{key}_passes", (double)quick.Passes / exact.Passes);
        }
    }

    private static GenerationRequest Request(ModelInfo info, BenchSettings settings, int number)
    {
        var prompt = info.Examples.Count > 0 ? info.Examples[number % info.Examples.Count] : "a red circle left of a blue square";
        return info.Request(prompt) with { Width = settings.Size, Height = settings.Size, Steps = settings.Steps, TextGuidance = Guidance, Seed = number };
    }

    // Seconds of the denoising alone: the same decoding follows in all cases.
    private static (double Seconds, int Passes, RgbImage Picture) Draw(OmniGen2Pipeline pipeline, BenchSettings settings, GenerationRequest request)
    {
        var begin = Stopwatch.GetTimestamp();
        var passes = 0;
        DenoiseState? last = null;
        foreach (var step in pipeline.Denoise(request))
        {
            settings.Stop.ThrowIfCancellationRequested();
            (last, passes) = (step.State ?? last, passes + step.Passes);
        }

        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        return (seconds, passes, pipeline.Decode(request, last!));
    }
}

using System.Diagnostics;
using OmniGen2.Cli.Shell;
using OmniGen2.Evaluation;
using TorchSharp;
using static System.FormattableString;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>What each shortcut saves and what it costs: the same pictures exactly and with it, by turns.</summary>
internal static class ApproximationsBench
{
    private const double Guidance = 4;

    private sealed record Way(string Key, string Label, Func<GenerationRequest, GenerationRequest> With);

    private sealed record Copy(BlockWeights Weights, string Label, OmniGen2Pipeline Pipeline)
    {
        public string Key => CommonOptions.NameOf(Weights);
    }

    /// <param name="settings">What to draw.</param>
    /// <param name="thresholds">Of TeaCache, beside its usual one.</param>
    /// <param name="progress">Told of each picture.</param>
    public static BenchReport Run(BenchSettings settings, IReadOnlyList<double> thresholds, ProgressLine progress)
    {
        var ways = Ways(thresholds);
        using var pipeline = ModelLoader.Load(settings.Model, settings.Precision, progress);
        var copies = Copies(settings, pipeline.Device, progress);
        settings = settings with { DType = pipeline.Precision };
        var samples = new Samples();
        progress.Begin("Pictures, exact and with each shortcut", settings.Repeats);
        for (var i = 0; i < settings.Repeats; i++)
        {
            Compare(pipeline, copies, ways, settings, Request(pipeline.Info, settings, i), samples);
            progress.Advance(i + 1);
        }

        progress.End();
        var report = new BenchReport(BenchHead.Of(pipeline.Info.Name, settings));
        foreach (var way in ways)
        {
            Report(way.Key, way.Label, samples, report);
        }

        foreach (var copy in copies)
        {
            Report(copy.Key, copy.Label, samples, report);
            copy.Pipeline.Dispose();
        }

        return report;
    }

    // The CPU only shows what pictures fp8 makes.
    private static IReadOnlyList<Copy> Copies(BenchSettings settings, Device device, ProgressLine progress)
    {
        var isCpu = device.type == DeviceType.CPU;
        return
        [
            .. isCpu ? [Load(BlockWeights.Int8, "8-bit weights")] : Array.Empty<Copy>(),
            .. isCpu || Float8Weight.IsSupported(device) ? [Load(BlockWeights.Float8, isCpu ? "fp8 weights, emulated" : "fp8 weights")] : Array.Empty<Copy>(),
        ];

        Copy Load(BlockWeights weights, string label) => new(weights, label, ModelLoader.Load(settings.Model, settings.Precision, progress, weights: weights, emulates: isCpu));
    }

    private static IReadOnlyList<Way> Ways(IReadOnlyList<double> thresholds) =>
    [
        new("teacache", Invariant($"TeaCache {new CacheOptions.TeaCache().Threshold}"), r => r with { Cache = new CacheOptions.TeaCache() }),
        .. thresholds.Select(t => new Way(Invariant($"teacache_{t}"), Invariant($"TeaCache {t}"), r => r with { Cache = new CacheOptions.TeaCache(t) })),
        new("taylorseer", "TaylorSeer", r => r with { Cache = new CacheOptions.TaylorSeer() }),
        new("cfg_range", "guidance until 60 %", r => r with { CfgEnd = 0.6 }),
    ];

    private static void Report(string key, string label, Samples samples, BenchReport report)
    {
        report.Add(new Figure($"{key}_speedup", $"{label}, times as fast", samples.Median($"{key}_speedup"), FigureUnit.Ratio));
        report.Add(new Figure($"{key}_psnr", "  PSNR against exact, median", samples.Median($"{key}_psnr"), FigureUnit.Decibel));
        report.Add(new Figure($"{key}_psnr_least", "  PSNR of the worst", samples.Values[$"{key}_psnr"].Min(), FigureUnit.Decibel));
        report.Add(new Figure($"{key}_ssim", "  SSIM, median", samples.Median($"{key}_ssim"), FigureUnit.Ratio));
        report.Add(new Figure($"{key}_passes", "  passes through the layers / all", samples.Median($"{key}_passes"), FigureUnit.Ratio));
    }

    private static void Compare(OmniGen2Pipeline pipeline, IReadOnlyList<Copy> copies, IReadOnlyList<Way> ways, BenchSettings settings, GenerationRequest request, Samples samples)
    {
        var exact = Warmed(pipeline, settings, request);
        foreach (var way in ways)
        {
            Add(way.Key, Draw(pipeline, settings, way.With(request)));
        }

        foreach (var copy in copies)
        {
            Add(copy.Key, Warmed(copy.Pipeline, settings, request));
        }

        void Add(string key, (double Seconds, int Passes, RgbImage Picture) quick)
        {
            samples.Add($"{key}_speedup", exact.Seconds / quick.Seconds);
            samples.Add($"{key}_psnr", Psnr.Of(exact.Picture, quick.Picture));
            samples.Add($"{key}_ssim", Ssim.Of(exact.Picture, quick.Picture));
            samples.Add($"{key}_passes", (double)quick.Passes / exact.Passes);
        }
    }

    // With a step before it: the prompt has been read when anything counts.
    private static (double Seconds, int Passes, RgbImage Picture) Warmed(OmniGen2Pipeline pipeline, BenchSettings settings, GenerationRequest request)
    {
        Draw(pipeline, settings, request with { Steps = 1 });
        return Draw(pipeline, settings, request);
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

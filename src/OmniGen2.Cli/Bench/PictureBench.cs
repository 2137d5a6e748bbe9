using System.Globalization;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>A whole picture, from the words to the pixels, with text guidance (two branches).</summary>
internal static class PictureBench
{
    public const string Seconds = "picture_seconds";

    private const double Guidance = 4;

    /// <summary>In a process of its own.</summary>
    public static Samples Measure(BenchSettings settings)
    {
        var precision = settings.DType == ScalarType.Float32 ? ModelPrecision.Float32 : ModelPrecision.BFloat16;
        using var pipeline = OmniGen2Pipeline.Load(settings.Model, new PipelineOptions { Precision = precision, Residency = settings.IsStreamed ? Residency.Streamed : Residency.All, Weights = settings.Weights, Graphs = settings.Graphs });
        return Measure(pipeline, settings);
    }

    public static Samples Measure(OmniGen2Pipeline pipeline, BenchSettings settings)
    {
        var samples = new Samples();
        var number = 0;
        samples.Time(Seconds, settings, () => Draw(pipeline, settings, ++number));
        samples.AddPeakMemory();
        return samples;
    }

    /// <summary>Pictures of a checkpoint with their figures.</summary>
    /// <param name="settings">What is drawn.</param>
    /// <param name="record">Where the first picture is written with all that it came from; null for nowhere.</param>
    public static BenchReport Report(BenchSettings settings, string? record)
    {
        using var pipeline = OmniGen2Pipeline.Load(settings.Model, new PipelineOptions { Precision = settings.Precision });
        settings = settings with { DType = pipeline.Precision };
        if (record is not null)
        {
            Record(pipeline, settings, record);
        }

        var samples = Measure(pipeline, settings);
        var report = new BenchReport(BenchHead.Of(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.Model))), settings));
        report.Add(new Figure("median_seconds", "median", samples.Median(Seconds), FigureUnit.Seconds));
        report.Add(new Figure("best_seconds", "best", samples.Values[Seconds].Min(), FigureUnit.Seconds));
        report.Add(new Figure("processor_seconds", "processor time", samples.Median(Samples.CpuName(Seconds)), FigureUnit.Seconds));
        report.Add(new Figure("peak_rss_bytes", "peak memory", samples.Largest("peak_rss_bytes"), FigureUnit.Bytes));
        return report;
    }

    // The very first prompt: the measured ones begin behind it.
    private static void Record(OmniGen2Pipeline pipeline, BenchSettings settings, string path)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>();
        var request = Request(pipeline, settings, 0);
        var last = Denoise(pipeline.Denoise(request, new ParityOptions { Record = Keep }), settings);
        var pixels = pipeline.DecodePixels(last.Latents);
        Keep("out.latents", tensor(last.Latents.Values, [1, last.Latents.Channels, last.Latents.Height, last.Latents.Width]));
        Keep("out.pixels", tensor(pixels.Values, [1, 3, pixels.Height, pixels.Width]));
        SafetensorsWriter.Save(path, [.. tensors.Select(t => new SafetensorsItem(t.Key, ScalarType.Float32, t.Value.shape, () => t.Value))]);

        void Keep(string name, Tensor tensor)
        {
            if (name is "text.embeds" or "text.negative_embeds" or "input.latents" or "input.timesteps" or "out.latents" or "out.pixels")
            {
                tensors[name] = tensor.to_type(ScalarType.Float32).cpu().clone().MoveToOtherDisposeScope(scope);
            }
        }
    }

    // Prompts that have been read are remembered, so each picture has one of its own.
    private static void Draw(OmniGen2Pipeline pipeline, BenchSettings settings, int number)
    {
        var request = Request(pipeline, settings, number);
        pipeline.Decode(request, Denoise(pipeline.Denoise(request), settings));
    }

    private static GenerationRequest Request(OmniGen2Pipeline pipeline, BenchSettings settings, int number) =>
        pipeline.Info.Request(string.Create(CultureInfo.InvariantCulture, $"a red circle left of a blue square, number {number}")) with
        {
            Width = settings.Size,
            Height = settings.Size,
            Steps = settings.Steps,
            TextGuidance = Guidance,
        };

    private static DenoiseState Denoise(IEnumerable<DenoiseStep> steps, BenchSettings settings)
    {
        DenoiseState? last = null;
        foreach (var step in steps)
        {
            settings.Stop.ThrowIfCancellationRequested();
            last = step.State ?? last;
        }

        return last!;
    }
}

using System.Globalization;
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
        using var pipeline = OmniGen2Pipeline.Load(settings.Model, new PipelineOptions { Precision = precision, Residency = settings.IsStreamed ? Residency.Streamed : Residency.All, Weights = settings.Weights });
        return Measure(pipeline, settings);
    }

    public static Samples Measure(OmniGen2Pipeline pipeline, BenchSettings settings)
    {
        var samples = new Samples();
        var number = 0;
        samples.Time(Seconds, settings, () => Draw(pipeline, settings, number++));
        samples.AddPeakMemory();
        return samples;
    }

    // Prompts that have been read are remembered, so each picture has one of its own.
    private static void Draw(OmniGen2Pipeline pipeline, BenchSettings settings, int number)
    {
        var request = pipeline.Info.Request(string.Create(CultureInfo.InvariantCulture, $"a red circle left of a blue square, number {number}")) with
        {
            Width = settings.Size,
            Height = settings.Size,
            Steps = settings.Steps,
            TextGuidance = Guidance,
        };
        DenoiseState? last = null;
        foreach (var step in pipeline.Denoise(request))
        {
            settings.Stop.ThrowIfCancellationRequested();
            last = step.State ?? last;
        }

        pipeline.Decode(request, last!);
    }
}

using System.Diagnostics;
using System.Globalization;
using OmniGen2.Imaging;
using TorchSharp;

namespace OmniGen2.Cli.Bench;

/// <summary>Whole pictures of one pipeline, from the words to the pixels, with their time and what they took of the device's memory.</summary>
internal sealed class GpuDrawing(OmniGen2Pipeline pipeline, CancellationToken stop)
{
    private const double Guidance = 4;

    /// <summary>Of a run that only makes everything ready.</summary>
    private const int WarmSteps = 3;

    private int _number;

    /// <param name="size">Sides in pixels.</param>
    /// <param name="steps">To take.</param>
    /// <param name="references">Pictures of the same size to draw from.</param>
    public GenerationRequest Request(int size, int steps, int references = 0) => pipeline.Info.Request("") with
    {
        Width = size,
        Height = size,
        MaxPixels = Math.Max(pipeline.Info.MaxPixels, size * size),
        Steps = steps,
        TextGuidance = Guidance,
        Images = [.. Enumerable.Range(0, references).Select(i => Noise(size, i))],
    };

    /// <summary>A few steps of the same shape, and the most that they took of the device's memory.</summary>
    public void WarmUp(string key, GenerationRequest request, Samples samples, bool withPreviews = false)
    {
        Accelerator.ResetPeak(pipeline.Device);
        Draw(request with { Steps = Math.Min(request.Steps, WarmSteps) }, withPreviews);
        if (Accelerator.DeviceUse(pipeline.Device) is { } use)
        {
            samples.Add(PeakName(key), use.Peak);
        }
    }

    /// <summary>One picture, timed.</summary>
    public void Measure(string key, GenerationRequest request, Samples samples, bool withPreviews = false)
    {
        var (seconds, denoising) = Draw(request, withPreviews);
        samples.Add(key, seconds);
        samples.Add(DenoisingName(key), denoising);
    }

    public static string PeakName(string key) => $"{key}_device_peak";

    public static string DenoisingName(string key) => $"{key}_denoising";

    // Prompts that have been read are remembered, so each picture has one of its own. The pixels come to the machine's memory at the end: by then the device is done.
    private (double Seconds, double Denoising) Draw(GenerationRequest request, bool withPreviews)
    {
        request = request with { Prompt = string.Create(CultureInfo.InvariantCulture, $"a red circle left of a blue square, number {_number}"), Seed = _number++ };
        var begin = Stopwatch.GetTimestamp();
        DenoiseState? last = null;
        foreach (var step in pipeline.Denoise(request))
        {
            stop.ThrowIfCancellationRequested();
            last = step.State ?? last;
            if (withPreviews && step.Estimate is { } estimate)
            {
                LatentPreview.Render(estimate, pipeline.Info.LatentToRgb);
            }
        }

        var denoising = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        pipeline.Decode(request, last!);
        return (Stopwatch.GetElapsedTime(begin).TotalSeconds, denoising);
    }

    private static RgbImage Noise(int size, int seed)
    {
        var image = new RgbImage(size, size);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }
}

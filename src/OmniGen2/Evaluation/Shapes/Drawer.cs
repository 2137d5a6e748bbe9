using System.Diagnostics;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>Draws what is scored: at the world's size, with everything else as the checkpoint suggests.</summary>
internal sealed class Drawer(IPipeline pipeline, int steps, SchedulerKind? scheduler = null)
{
    public GenerationRequest Request(string prompt, IReadOnlyList<RgbImage> images, long seed)
    {
        var request = pipeline.Info.Request(prompt);
        return request with
        {
            Images = images,
            Width = Grid.PictureSize,
            Height = Grid.PictureSize,
            Steps = steps,
            Scheduler = scheduler ?? request.Scheduler,
            TextGuidance = images.Count > 0 ? pipeline.Info.EditTextGuidance : request.TextGuidance,
            Seed = seed,
        };
    }

    public (RgbImage Picture, double Seconds) Draw(GenerationRequest request, CancellationToken cancellation)
    {
        var begin = Stopwatch.GetTimestamp();
        DenoiseState? last = null;
        foreach (var step in pipeline.Denoise(request))
        {
            cancellation.ThrowIfCancellationRequested();
            last = step.State ?? last;
        }

        return (pipeline.Decode(request, last!), Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }
}

using System.Diagnostics;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Bench;

/// <summary>Pictures side by side against the same pictures one after the other, by turns.</summary>
internal static class BatchBench
{
    public static BenchReport Run(BenchSettings settings, BatchSettings batch, ProgressLine progress)
    {
        using var pipeline = ModelLoader.Load(settings.Model, settings.Precision, progress);
        settings = settings with { DType = pipeline.Precision };
        var head = BenchHead.Of(pipeline.Info.Name, settings);
        var report = new BenchReport(head with { Numbers = [.. head.Numbers, ("lanes", batch.Lanes)] });
        if (batch.Parts.HasFlag(BatchParts.Pictures))
        {
            MeasurePictures(pipeline, settings, batch.Lanes, report, progress);
        }

        if (batch.Parts.HasFlag(BatchParts.Products))
        {
            ProductsBench.Run(Path.Combine(settings.Model, "transformer"), "checkpoint", settings, batch.Lanes, report, progress);
        }

        if (batch.Parts.HasFlag(BatchParts.Layers))
        {
            LayersBench.Run(settings, batch, report, progress);
        }

        return report;
    }

    private static void MeasurePictures(OmniGen2Pipeline pipeline, BenchSettings settings, int lanes, BenchReport report, ProgressLine progress)
    {
        var requests = Enumerable.Range(0, lanes).Select(i => Request(pipeline.Info, settings, i)).ToList();
        var (samples, same) = (new Samples(), true);
        progress.Begin($"{lanes} pictures, one after the other and together", settings.Repeats + 1);
        for (var run = 0; run <= settings.Repeats; run++)
        {
            var alone = Draw(pipeline, settings, requests, together: false);
            var together = Draw(pipeline, settings, requests, together: true);
            same &= alone.Latents.Zip(together.Latents).All(x => x.First.AsSpan().SequenceEqual(x.Second));
            if (run > 0)
            {
                samples.Add("alone", alone.Seconds);
                samples.Add("together", together.Seconds);
                samples.Add("speedup", alone.Seconds / together.Seconds);
            }

            progress.Advance(run + 1);
        }

        progress.End();
        report.Add(new Figure("pictures_alone_seconds", $"{lanes} pictures one after the other", samples.Median("alone"), FigureUnit.Seconds));
        report.Add(new Figure("pictures_together_seconds", "  together", samples.Median("together"), FigureUnit.Seconds));
        report.Add(new Figure("pictures_together_speedup", "  times as fast", samples.Median("speedup"), FigureUnit.Ratio));
        report.Add(new Figure("pictures_same", "  the same bit for bit (1: all)", same ? 1 : 0, FigureUnit.Count));
    }

    private static GenerationRequest Request(ModelInfo info, BenchSettings settings, int number)
    {
        var prompt = info.Examples.Count > 0 ? info.Examples[number % info.Examples.Count] : "a red circle left of a blue square";
        return info.Request(prompt) with { Width = settings.Size, Height = settings.Size, Steps = settings.Steps, Seed = number };
    }

    // The denoising alone: the same decoding follows in both cases.
    private static (double Seconds, IReadOnlyList<float[]> Latents) Draw(OmniGen2Pipeline pipeline, BenchSettings settings, List<GenerationRequest> requests, bool together)
    {
        var begin = Stopwatch.GetTimestamp();
        var latents = new float[requests.Count][];
        var open = requests.Select((r, i) => (Index: i, Steps: pipeline.Denoise(r).GetEnumerator())).ToList();
        while (open.Count > 0)
        {
            settings.Stop.ThrowIfCancellationRequested();
            if (together)
            {
                pipeline.Prepare([.. open.Select(x => x.Steps)]);
            }

            foreach (var lane in together ? open.ToList() : [open[0]])
            {
                if (!lane.Steps.MoveNext())
                {
                    lane.Steps.Dispose();
                    open.Remove(lane);
                }
                else if (lane.Steps.Current.State is { } state)
                {
                    latents[lane.Index] = state.Latents.Values;
                }
            }
        }

        return (Stopwatch.GetElapsedTime(begin).TotalSeconds, latents);
    }
}

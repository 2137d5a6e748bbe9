using OmniGen2.Training;
using OmniGen2.Training.Optimizers;

namespace OmniGen2.Tests.Training;

/// <summary>Short runs of the small transformer.</summary>
internal static class TinyRun
{
    public static TrainingSettings Forty { get; } = new()
    {
        Steps = 40,
        AverageDecay = 0.9,
        Schedule = new LearningRateSchedule { Shape = LearningRateShape.Cosine, Warmup = 5 },
        ValidateSteps = 20,
    };

    /// <summary>Takes some steps, then saves as a cancelled run does.</summary>
    public static (IReadOnlyList<double> Losses, float[] Weights, float[] Averages) Take(TempFolder folder, string name, TrainingSettings settings, int steps, bool resume = false, int batch = 4, bool sameBatch = false)
    {
        using var task = new TinyFlow(batch, sameBatch);
        using var trainer = new Trainer<TinyFlow.Batch>(task, task.Optimizers(0.01), settings, folder.File(name));
        if (resume)
        {
            trainer.Resume(folder.File(name));
        }

        using var stop = new CancellationTokenSource();
        var losses = new List<double>();
        foreach (var step in trainer.Run(cancellation: stop.Token))
        {
            losses.Add(step.Loss);
            if (losses.Count == steps)
            {
                stop.Cancel();
            }
        }

        return (losses, [.. task.Parameters.Values.SelectMany(p => p.Floats())], [.. trainer.Weights.Values.SelectMany(p => p.Floats())]);
    }
}

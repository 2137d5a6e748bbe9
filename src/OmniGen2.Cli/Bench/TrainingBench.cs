using OmniGen2.Cli.Shell;
using OmniGen2.Training;
using OmniGen2.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>Whole training steps of the diffusion transformer: forward, backward, clipping, Muon and AdamW, averages. What is learnt is drawn by chance.</summary>
internal static class TrainingBench
{
    public const string Seconds = "step_seconds";

    // The first steps build what the later ones find: buffers, the optimisers' state, libtorch's choice of kernels.
    private const int WarmUp = 2;

    public static TrainingReport Run(TrainingBenchSettings settings, ProgressLine progress)
    {
        var before = get_num_threads();
        set_num_threads(settings.Threads);
        var folder = Directory.CreateTempSubdirectory("omnigen2-bench-training-");
        try
        {
            return Measure(settings, folder.FullName, progress);
        }
        finally
        {
            folder.Delete(recursive: true);
            set_num_threads(before);
        }
    }

    private static TrainingReport Measure(TrainingBenchSettings settings, string folder, ProgressLine progress)
    {
        using var task = new RandomFlow(settings);
        var optimizers = new OptimizerSettings().Create(task.Parameters, RandomFlow.IsHidden);
        var plan = new TrainingSettings
        {
            Steps = WarmUp + settings.Repeats + (settings.Profiles ? 1 : 0),
            Precision = settings.Precision,
            AverageDecay = 0.995,
            SaveMinutes = 1e6,
        };
        using var trainer = new Trainer<RandomFlow.Batch>(task, optimizers, plan, folder);
        using var steps = trainer.Run(cancellation: settings.Stop).GetEnumerator();
        progress.Begin("Training", WarmUp + settings.Repeats);
        var samples = new Samples();
        var since = 0.0;
        for (var i = 0; i < WarmUp + settings.Repeats; i++)
        {
            settings.Stop.ThrowIfCancellationRequested();
            var processor = Environment.CpuUsage.TotalTime;
            steps.MoveNext();
            if (i >= WarmUp)
            {
                samples.Add(Seconds, steps.Current.Seconds - since);
                samples.Add(Samples.CpuName(Seconds), (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
            }

            since = steps.Current.Seconds;
            progress.Advance(i + 1);
        }

        progress.End();
        var operators = settings.Profiles ? Accelerator.Profile(() => steps.MoveNext()) : [];
        samples.AddPeakMemory();
        return new TrainingReport(settings, task.Tokens, samples, operators);
    }
}

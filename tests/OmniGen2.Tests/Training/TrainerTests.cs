using OmniGen2.Training;
using OmniGen2.Training.Optimizers;
using TorchSharp;

namespace OmniGen2.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_batch_of_eight_is_learnt_by_heart()
    {
        using var task = new TinyFlow(8, sameBatch: true, hidden: 48);
        using var trainer = new Trainer<TinyFlow.Batch>(task, task.Optimizers(0.01), new TrainingSettings { Steps = 400, Schedule = new LearningRateSchedule { Warmup = 5, Shape = LearningRateShape.Linear, DecayFrom = 0.5 } }, _folder.Path);
        var losses = new List<double>();
        foreach (var step in trainer.Run())
        {
            losses.Add(step.Loss);
            if (step.Loss < 0.009 * losses[0])
            {
                break;
            }
        }

        Assert.True(losses[^1] < 0.01 * losses[0], $"The loss went from {losses[0]} to {losses[^1]} in {losses.Count} steps.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Twenty_steps_and_twenty_more_are_forty_to_the_bit(int accumulation)
    {
        var settings = TinyRun.Forty with { Accumulation = accumulation };
        var whole = TinyRun.Take(_folder, "whole", settings, steps: 40);
        var first = TinyRun.Take(_folder, "halves", settings, steps: 20);
        var second = TinyRun.Take(_folder, "halves", settings, steps: 20, resume: true);
        Assert.Equal(whole.Losses, first.Losses.Concat(second.Losses));
        Assert.Equal(whole.Weights, second.Weights);
        Assert.Equal(whole.Averages, second.Averages);
        Assert.Equal(whole.Losses, TrainingLog.Read(_folder.File("halves")).Select(s => s.Loss));
        Assert.Equal(40 * 4 * accumulation, TrainingLog.Read(_folder.File("halves"))[^1].Samples);
    }

    [Fact]
    public void A_second_training_is_kept_out_of_the_folder_of_a_running_one()
    {
        using var task = new TinyFlow(4);
        using var first = new Trainer<TinyFlow.Batch>(task, task.Optimizers(0.01), TinyRun.Forty, _folder.Path);
        using var running = first.Run().GetEnumerator();
        running.MoveNext();
        var log = File.ReadAllText(_folder.File(TrainingLog.FileName));
        using var second = new Trainer<TinyFlow.Batch>(task, task.Optimizers(0.01), TinyRun.Forty, _folder.Path);
        second.Resume(_folder.Path);
        var fault = Assert.Throws<ModelException>(() => second.Run().First());
        Assert.Contains("another training", fault.Message);
        Assert.Equal(log, File.ReadAllText(_folder.File(TrainingLog.FileName)));
    }

    [Fact]
    public void Gathering_a_batch_twice_changes_nothing()
    {
        var once = TinyRun.Take(_folder, "once", TinyRun.Forty, steps: 3, sameBatch: true);
        var twice = TinyRun.Take(_folder, "twice", TinyRun.Forty with { Accumulation = 2 }, steps: 3, sameBatch: true);
        Closeness.Near(once.Weights, twice.Weights, 1e-4, "weights of the accumulated run");
        var others = TinyRun.Take(_folder, "others", TinyRun.Forty, steps: 3);
        Assert.NotEqual(others.Losses[1], once.Losses[1]);
    }

    [Fact]
    public void Mixed_precision_follows_full_precision()
    {
        var full = TinyRun.Take(_folder, "full", TinyRun.Forty, steps: 10);
        var mixed = TinyRun.Take(_folder, "mixed", TinyRun.Forty with { Precision = TrainingPrecision.Bf16 }, steps: 10);
        Assert.NotEqual(full.Losses, mixed.Losses);
        Assert.All(full.Losses.Zip(mixed.Losses), l => Assert.InRange(l.Second / l.First, 0.95, 1.05));
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_run_and_the_last_state_stays()
    {
        using var task = new TinyFlow(4) { Poisoned = 22 };
        using var trainer = new Trainer<TinyFlow.Batch>(task, task.Optimizers(0.01), TinyRun.Forty with { SaveMinutes = 1e-9 }, _folder.Path);
        var fault = Assert.Throws<ModelException>(() => trainer.Run().Count());
        Assert.Contains("In step 6 the loss of sample 22 is NaN", fault.Message);
        Assert.Contains("step 5, is kept in", fault.Message);
        Assert.Equal(5, TrainingStateFile.Load(_folder.Path).Step);
        trainer.Resume(_folder.Path);
        Assert.Equal(5, trainer.Step);
        Assert.All(task.Parameters.Values, p => Assert.True(p.isfinite().all().item<bool>()));
    }

    [Fact]
    public void An_exhausted_budget_saves_and_stops()
    {
        using var task = new TinyFlow(2);
        using var trainer = new Trainer<TinyFlow.Batch>(task, task.Optimizers(0.01), TinyRun.Forty, _folder.Path);
        Assert.Empty(trainer.Run(TimeSpan.Zero));
        Assert.Equal(0, TrainingStateFile.Load(_folder.Path).Step);
    }

    [Fact]
    public void A_cancelled_run_saves_the_step_it_was_in()
    {
        using var task = new TinyFlow(2);
        using var trainer = new Trainer<TinyFlow.Batch>(task, task.Optimizers(0.01), TinyRun.Forty, _folder.Path);
        using var stop = new CancellationTokenSource();
        foreach (var step in trainer.Run(cancellation: stop.Token))
        {
            if (step.Step == 3)
            {
                stop.Cancel();
            }
        }

        Assert.Equal(3, TrainingStateFile.Load(_folder.Path).Step);
        Assert.Single(Directory.GetFiles(_folder.Path, "*.safetensors"));
    }
}

using OmniGen2.Training;
using OmniGen2.Training.Optimizers;
using TorchSharp;

namespace OmniGen2.Tests.Training;

public sealed class TrainingBudgetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_rate_falls_over_the_last_part_of_the_budget_and_not_by_steps()
    {
        // A step takes a minute by this clock; the steps alone would have brought the rate down from the tenth on.
        var schedule = new LearningRateSchedule { Shape = LearningRateShape.Linear, Warmup = 2, DecayFrom = 0.1, Floor = 0.2 };
        var rates = Rates(new TrainingSettings { Steps = 100, Schedule = schedule }, new TrainingBudget(TimeSpan.FromMinutes(8)) { Cooldown = TimeSpan.FromMinutes(4) });
        Assert.Equal(8, rates.Count);
        Assert.All(rates.Zip([0.5, 1, 1, 1, 1, 0.8, 0.6, 0.4]), r => Assert.Equal(r.Second, r.First, 1e-12));
    }

    [Fact]
    public void A_budget_alone_leaves_the_rate_to_the_steps()
    {
        var schedule = new LearningRateSchedule { Shape = LearningRateShape.Linear };
        Assert.Equal([1, 0.75, 0.5], Rates(new TrainingSettings { Steps = 4, Schedule = schedule }, TimeSpan.FromMinutes(3)));
    }

    [Fact]
    public void Warming_up_is_not_hastened_by_a_cool_down()
    {
        var schedule = new LearningRateSchedule { Warmup = 10, Floor = 0.5 };
        Assert.Equal(0.1, schedule.At(0, 100, cooldownLeft: 0));
        Assert.Equal(0.5, schedule.At(50, 100, cooldownLeft: 0));
    }

    private List<double> Rates(TrainingSettings settings, TrainingBudget budget)
    {
        var clock = new HandClock();
        using var task = new TinyFlow(1);
        using var trainer = new Trainer<TinyFlow.Batch>(task, task.Optimizers(0.01), settings, _folder.Path, clock);
        var rates = new List<double>();
        foreach (var step in trainer.Run(budget))
        {
            rates.Add(step.Rate);
            clock.Now += TimeSpan.FromMinutes(1);
        }

        return rates;
    }

    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}

using OmniGen2.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training;

public sealed class ScheduleTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void The_rate_rises_evenly_and_holds()
    {
        var schedule = new LearningRateSchedule { Warmup = 4 };
        Assert.Equal([0.25, 0.5, 0.75, 1, 1, 1], Enumerable.Range(0, 6).Select(i => schedule.At(i, 6)));
        Assert.Equal(1, new LearningRateSchedule().At(0, 0));
    }

    [Fact]
    public void A_linear_rate_holds_and_then_falls_to_its_floor()
    {
        var schedule = new LearningRateSchedule { Shape = LearningRateShape.Linear, Warmup = 2, DecayFrom = 0.7, Floor = 0.01 };
        Assert.Equal(1, schedule.At(70, 100));
        Assert.Equal(0.505, schedule.At(85, 100), 1e-12);
        Assert.Equal(0.01, schedule.At(100, 100), 1e-12);
        Assert.Equal(0.01, schedule.At(200, 100), 1e-12);
        Assert.Equal(0, new LearningRateSchedule { Shape = LearningRateShape.Linear }.At(10, 10));
    }

    [Fact]
    public void A_cosine_falls_slowly_at_both_ends()
    {
        var schedule = new LearningRateSchedule { Shape = LearningRateShape.Cosine, Warmup = 20, Floor = 0.02 };
        Assert.Equal(1, schedule.At(20, 100), 1e-12);
        Assert.Equal(0.02 + (0.98 * 0.75), new LearningRateSchedule { Shape = LearningRateShape.Cosine, Floor = 0.02 }.At(30, 90), 1e-12);
        Assert.Equal(0.51, schedule.At(60, 100), 1e-12);
        Assert.Equal(0.02, schedule.At(100, 100), 1e-12);
    }

    [Fact]
    public void An_average_warms_up_and_then_follows_its_decay()
    {
        // Decays 1/10 and 2/11: 10·0.1 + 20·0.9 = 19, then 19·2/11 + 42·9/11.
        var p = torch.tensor([10.0]).requires_grad_();
        using var average = new MovingAverage(new Dictionary<string, Tensor> { ["p"] = p }, 0.99);
        Set(p, 20);
        average.Update();
        Assert.Equal(19, average.Averages["p"].item<double>(), 1e-12);
        Set(p, 42);
        average.Update();
        Assert.Equal(((19 * 2) + (42 * 9)) / 11.0, average.Averages["p"].item<double>(), 1e-12);
        Assert.Equal(0.5, MovingAverage.DecayAt(8, 0.99), 1e-12);
        Assert.Equal(0.99, MovingAverage.DecayAt(100_000, 0.99));
    }

    [Fact]
    public void Averages_take_the_parameters_place_and_give_it_back()
    {
        var p = torch.tensor([1.0]).requires_grad_();
        using var average = new MovingAverage(new Dictionary<string, Tensor> { ["p"] = p }, 0.99);
        Set(p, 0.1 + 0.2);
        using (average.Apply())
        {
            Assert.Equal(1, p.item<double>());
        }

        Assert.Equal(0.1 + 0.2, p.item<double>());
        Assert.True(p.requires_grad);
    }

    [Fact]
    public void Averages_of_another_architecture_are_refused()
    {
        using var average = new MovingAverage(new Dictionary<string, Tensor> { ["p"] = torch.zeros([2]) }, 0.9);
        Assert.Contains("lacks 'p' [2]", Assert.Throws<ModelException>(() => average.Restore(new Dictionary<string, Tensor>(), 1)).Message);
        Assert.Contains("as [3] where the model has [2]", Assert.Throws<ModelException>(() => average.Restore(new Dictionary<string, Tensor> { ["p"] = torch.zeros([3]) }, 1)).Message);
        var more = new Dictionary<string, Tensor> { ["p"] = torch.ones([2]), ["q"] = torch.ones([2]) };
        Assert.Contains("has 'q', which the model lacks", Assert.Throws<ModelException>(() => average.Restore(more, 1)).Message);
    }

    private static void Set(Tensor p, double value)
    {
        using var noGrad = torch.no_grad();
        p.fill_(value);
    }
}

using OmniGen2.Training.Flow;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training;

public sealed class FlowMatchingTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void The_dynamic_shift_is_that_of_the_original_at_both_ends()
    {
        var shift = new TimeShift.Dynamic();
        Assert.Equal(Math.Exp(0.5), shift.Factor(256), 1e-12);
        Assert.Equal(Math.Exp(1.15), shift.Factor(4096), 1e-12);
        Assert.Equal(1 / (1 + Math.Exp(1.15)), shift.Apply(0.5, 4096), 1e-12);
    }

    [Fact]
    public void Shifts_leave_the_ends_and_move_the_middle_toward_noise()
    {
        var four = new TimeShift.Static(4);
        Assert.Equal([0, 0.2, 1], new[] { 0, 0.5, 1 }.Select(t => Math.Round(four.Apply(t, 64), 12)));
        Assert.Equal(0.3, TimeShift.None.Apply(0.3, 64), 1e-15);
        Assert.Equal(3.2, new TimeShift.SquareRoot().Factor(4096), 1e-12);
    }

    [Fact]
    public void Times_follow_the_mixture()
    {
        // Half the times lie below the median of each part: P(t < 0.5) = 0.65·Φ(2.4/1.1) + 0.35·Φ(0) = 0.65·0.98544 + 0.175.
        using var generator = new Generator(3, CPU);
        var times = TimeSampling.Mini.Draw(20_000, 64, generator).Floats();
        Assert.Equal(0.8155, times.Count(t => t < 0.5) / 20_000.0, 0.01);
        using var again = new Generator(3, CPU);
        Assert.Equal(times, TimeSampling.Mini.Draw(20_000, 64, again).Floats());
        Assert.All(times, t => Assert.Equal(0, BitConverter.SingleToInt32Bits(t) & 0xFFFF));
    }

    [Fact]
    public void The_originals_times_are_shifted_by_size()
    {
        using var generator = new Generator(4, CPU);
        var times = TimeSampling.Original.Draw(20_000, 4096, generator).Floats();
        Assert.Equal(0.5, times.Count(t => t < 1 / (1 + Math.Exp(1.15))) / 20_000.0, 0.015);
    }

    [Fact]
    public void A_path_is_straight_and_its_velocity_is_the_way_that_is_left()
    {
        var noise = torch.tensor([1f, 2, 3, 4], [2, 1, 1, 2]);
        var image = torch.tensor([5f, 6, 7, 8], [2, 1, 1, 2]);
        var point = FlowMatching.Between(noise, image, torch.tensor([0f, 0.75f]));
        Assert.Equal([1, 2, 6, 7], point.X.Floats());
        Assert.Equal([4, 4, 4, 4], point.Velocity.Floats());
    }

    [Fact]
    public void Noise_is_the_seeds_and_ends_where_t_is_one()
    {
        var image = torch.ones([2, 16, 4, 4]);
        var (a, b) = (Draw(), Draw());
        Assert.Equal(a.X.Floats(), b.X.Floats());
        Assert.All(a.X[1].Floats(), x => Assert.Equal(1, x));
        Assert.Equal(0, a.X[0].mean().item<float>(), 0.2);

        FlowPoint Draw()
        {
            using var generator = new Generator(9, CPU);
            return FlowMatching.Start(image, torch.tensor([0f, 1f]), generator);
        }
    }

    [Fact]
    public void The_loss_is_the_mean_of_every_sample_and_weights_move_it()
    {
        var velocity = torch.tensor([1f, 2, 0, 0], [2, 1, 1, 2]);
        var target = torch.zeros([2, 1, 1, 2]);
        Assert.Equal([2.5f, 0], FlowMatching.Loss(velocity, target).Floats());
        Assert.Equal([1.75f, 0], FlowMatching.Loss(velocity, target, torch.tensor([1.5f, 0.5f, 1, 1], [2, 1, 1, 2])).Floats());
    }

    [Fact]
    public void A_hopeless_sample_counts_as_much_as_the_cap_and_its_gradient_shrinks_alike()
    {
        var x = torch.tensor([0.5f, 20, -3]).requires_grad_();
        var losses = FlowMatching.Cap(x.square(), 4);
        losses.sum().backward();
        Assert.True(torch.allclose(losses, torch.tensor([0.25f, 4, 4])));
        Assert.True(torch.allclose(x.grad!, torch.tensor([1f, 40 * 4 / 400f, -6 * 4 / 9f])));
        Assert.True(float.IsNaN(FlowMatching.Cap(torch.tensor([float.NaN]), 4).item<float>()));
    }

    [Fact]
    public void No_time_lies_beyond_the_latest()
    {
        using var generator = new Generator(9, CPU);
        var times = (TimeSampling.Mini with { Latest = 0.75 }).Draw(10_000, 256, generator).data<float>().ToArray();
        Assert.Equal(0.75f, times.Max());
        Assert.InRange(times.Count(t => t == 0.75f), 100, 2000);
    }

    [Fact]
    public void Changed_cells_of_an_edit_weigh_more_at_the_same_mean()
    {
        var source = torch.zeros([1, 2, 1, 4]);
        var target = torch.tensor([0.2f, 0, 0.1f, 0, 0, 0, 0, 0], [1, 2, 1, 4]);
        Assert.Equal([4 / 1.75f, 1 / 1.75f, 1 / 1.75f, 1 / 1.75f], FlowMatching.EditWeights(target, source).Floats());
        Assert.Equal([1, 1, 1, 1], FlowMatching.EditWeights(source, source).Floats());
    }

    [Fact]
    public void References_are_only_dropped_with_the_prompt()
    {
        var dropping = ConditionDropping.Mini;
        Assert.Equal(new DroppedConditions(true, true), dropping.Draw(0.15, 0.37));
        Assert.Equal(new DroppedConditions(true, false), dropping.Draw(0.15, 0.38));
        Assert.Equal(new DroppedConditions(false, false), dropping.Draw(0.16, 0));
        Assert.Equal(0.1, dropping.Prompt * (1 - dropping.References), 1e-12);
    }
}

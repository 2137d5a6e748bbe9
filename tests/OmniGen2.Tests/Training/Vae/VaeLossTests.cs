using OmniGen2.Models.Vae;
using OmniGen2.Training.Vae;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training.Vae;

public sealed class VaeLossTests : IDisposable
{
    private static readonly VaeLoss None = new() { Absolute = 0, Squared = 0, Gradient = 0, Divergence = 0 };

    private readonly DisposeScope _scope = torch.NewDisposeScope();

    private readonly Tensor _picture = torch.zeros([2, 3, 4, 4]);

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(1, 0, 0, 0.5)]
    [InlineData(0, 1, 0, 0.25)]
    [InlineData(0, 0, 1, 0)]
    public void An_even_error_is_its_size_its_square_and_no_gradient(double absolute, double squared, double gradient, double expected) =>
        Assert.Equal([(float)expected, 0], (None with { Absolute = absolute, Squared = squared, Gradient = gradient }).Picture(Even(), _picture).Floats());

    [Fact]
    public void Errors_between_neighbours_count_across_and_down()
    {
        var ramp = torch.arange(4, dtype: ScalarType.Float32).view(1, 1, 1, 4) * torch.ones([2, 3, 4, 4]);
        var loss = None with { Gradient = 1 };
        Assert.Equal([1f, 1], loss.Picture(ramp, _picture).Floats());
        Assert.Equal([1f, 1], loss.Picture(ramp.transpose(2, 3), _picture).Floats());
        Assert.Equal([2f, 2], loss.Picture(ramp + ramp.transpose(2, 3), _picture).Floats());
        Assert.Equal([0f, 0], loss.Picture(ramp, ramp).Floats());
    }

    [Fact]
    public void Weights_add_up()
    {
        var whole = new VaeLoss { Absolute = 1, Squared = 2, Gradient = 3 }.Picture(Even(), _picture).Floats();
        Assert.Equal([1f, 0], whole);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(2, 0, 2)]
    [InlineData(0, 1, 0.35914)]
    public void Divergence_is_that_from_a_normal_distribution(double mean, double logVariance, double expected)
    {
        var moments = torch.cat([torch.full([1, 4, 2, 2], mean), torch.full([1, 4, 2, 2], logVariance)], 1).to(ScalarType.Float32);
        using var posterior = Posterior.FromMoments(moments);
        Assert.Equal(expected, (None with { Divergence = 1 }).Latents(posterior).Floats()[0], 1e-5);
    }

    // The first picture is off by 0.5 everywhere, the second is right.
    private static Tensor Even() => torch.cat([torch.full([1, 3, 4, 4], 0.5), torch.zeros([1, 3, 4, 4])]).to(ScalarType.Float32);
}

using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training;

/// <summary>Compares recorded gradients with central differences, both in fp64.</summary>
internal sealed class GradientCheck : IDisposable
{
    private const double Step = 1e-5;

    private readonly Generator _generator = new(17, CPU);

    private readonly Dictionary<string, Tensor> _leaves = [];

    /// <summary>Fresh fp64 weights. Those that start at zero or one are stirred by <see cref="Check"/>, for a zero hides what lies behind it.</summary>
    public FreshSource Weights { get; } = new(3, ScalarType.Float64);

    public void Dispose()
    {
        Weights.Dispose();
        _generator.Dispose();
    }

    /// <summary>An input that takes part in the check.</summary>
    public Tensor Input(params long[] shape)
    {
        var input = torch.randn(shape, dtype: ScalarType.Float64, generator: _generator).requires_grad_();
        _leaves[$"input {_leaves.Count}"] = input;
        return input;
    }

    /// <summary>Checks a few numbers of every input and every weight.</summary>
    /// <param name="forward">Any tensor; what counts is its sum, weighted by chance.</param>
    /// <param name="probes">Numbers of each tensor.</param>
    public void Check(Func<Tensor> forward, int probes = 4)
    {
        using var scope = torch.NewDisposeScope();
        Stir();
        var leaves = _leaves.Concat(Weights.Parameters).ToList();
        var output = forward();
        var weights = torch.randn(output.shape, dtype: ScalarType.Float64, generator: _generator);
        Loss().backward();
        using var noGrad = torch.no_grad();
        foreach (var (name, leaf) in leaves)
        {
            Assert.True(leaf.grad is not null, $"{name} has no gradient.");
            var gradient = leaf.grad!.flatten();
            var flat = leaf.view(-1);
            for (var probe = 0; probe < Math.Min(probes, flat.numel()); probe++)
            {
                Compare(name, flat, gradient, probe * 7919L % flat.numel());
            }
        }

        Tensor Loss() => (forward() * weights).sum();

        void Compare(string name, Tensor flat, Tensor gradient, long index)
        {
            using var inner = torch.NewDisposeScope();
            var at = flat[index];
            at.add_(Step);
            var above = Loss().item<double>();
            at.sub_(2 * Step);
            var below = Loss().item<double>();
            at.add_(Step);
            var (expected, actual) = ((above - below) / (2 * Step), gradient[index].item<double>());
            Assert.True(Math.Abs(expected - actual) <= 1e-6 * (1 + Math.Abs(expected)), $"{name}[{index}]: recorded {actual:G10}, differences say {expected:G10}.");
        }
    }

    private void Stir()
    {
        using var noGrad = torch.no_grad();
        foreach (var weight in Weights.Parameters.Values)
        {
            weight.add_(torch.randn(weight.shape, dtype: ScalarType.Float64, generator: _generator), 0.2);
        }
    }
}

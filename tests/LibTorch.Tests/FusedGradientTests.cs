namespace LibTorch.Tests;

/// <summary>
/// Gradients of the fused operators: in fp64 the plain operators run, checked against differences; in fp32 and bf16 the fused kernels run,
/// checked against fp64. Odd sizes reach the ends of the vector loops.
/// </summary>
public sealed class FusedGradientTests : IDisposable
{
    private const double Step = 1e-5;

    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly Generator _generator = new(5);

    public static TheoryData<int> Widths => [1, 7, 33, 192];

    public void Dispose()
    {
        _generator.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Silu_times_another(int width) => CheckAll([Draw(5, width), Draw(5, width)], x => Accelerator.SiluMul(x[0], x[1]), "silu_mul_backward");

    [Theory]
    [MemberData(nameof(Widths))]
    public void Norm_with_weight_and_scale(int width)
    {
        var (x, weight, scale) = (Draw(3, 5, width), Draw(width), Draw(3, 1, width));
        CheckAll([x], t => Accelerator.RmsNorm(t[0], null, 1e-2), "rms_norm_backward");
        CheckAll([x, weight], t => Accelerator.RmsNorm(t[0], t[1], 1e-2), "rms_norm_backward");
        CheckAll([x, weight, scale], t => Accelerator.RmsNorm(t[0], t[1], 1e-2, t[2]), "rms_norm_backward");
        CheckAll([x, scale], t => Accelerator.RmsNorm(t[0].transpose(0, 1).transpose(0, 1), null, 1e-2, t[1]), "rms_norm_backward");
    }

    [Fact]
    public void Norm_of_many_rows() => CheckAll([Draw(7, 50, 24), Draw(24)], t => Accelerator.RmsNorm(t[0], t[1], 1e-2), "rms_norm_backward");

    [Theory]
    [MemberData(nameof(Widths))]
    public void Norm_added_to_a_stream_behind_a_gate(int width)
    {
        var (stream, x, weight, gate) = (Draw(3, 5, width), Draw(3, 5, width), Draw(width), Draw(3, 1, width));
        CheckAll([stream, x, weight, gate], t => Accelerator.AddNormed(t[0], t[1], t[2], 1e-2, t[3]), "rms_norm_backward");
        CheckAll([stream, x, weight], t => Accelerator.AddNormed(t[0], t[1], t[2], 1e-2), "rms_norm_backward");
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(false, 48)]
    [InlineData(true, 6)]
    [InlineData(true, 48)]
    public void Heads_that_turn(bool halves, int size)
    {
        var (heads, weight, angles) = (Draw(2, 5, 3, size), Draw(size), Draw(5, size / 2));
        var perSample = Draw(2, 1, 5, size / 2);
        CheckAll([heads], t => Accelerator.Turn(t[0].transpose(1, 2), Table(angles.cos(), t[0]), Table(angles.sin(), t[0]), halves), "turn_backward");
        CheckAll([heads], t => Accelerator.Turn(t[0].transpose(1, 2), Table(perSample.cos(), t[0]), Table(perSample.sin(), t[0]), halves), "turn_backward");
        CheckAll([heads, weight], t => Accelerator.Turn(t[0].transpose(1, 2), Table(angles.cos(), t[0]), Table(angles.sin(), t[0]), halves, t[1], 1e-2), "turn_backward");
        var perHead = Draw(5, 1, size / 2);
        CheckAll([Draw(5, 3, 2, size)], t => Accelerator.Turn(t[0].unbind(1)[1], Table(perHead.cos(), t[0]), Table(perHead.sin(), t[0]), halves), "turn_backward");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Attention_of_grouped_heads(int group)
    {
        var (q, k, v) = (Draw(2, 2 * group, 7, 8), Draw(2, 2, 37, 8), Draw(2, 37, 2, 8));
        CheckAll([q, k, v], t => Accelerator.GroupedAttention(t[0], t[1], t[2].transpose(1, 2), null, 0.4), "attention_backward");
        var mask = (Draw(2, 1, 7, 37) > 1) * -1e9;
        CheckAll([q, k, v], t => Accelerator.GroupedAttention(t[0], t[1], t[2].transpose(1, 2), mask.to(t[0].dtype), 0.4), "attention_backward");
        var causal = torch.ones([1, 1, 7, 37], dtype: ScalarType.Bool).tril(30);
        CheckAll([q, k, v], t => Accelerator.GroupedAttention(t[0], t[1], t[2].transpose(1, 2), causal, 0.4), "attention_backward");
    }

    [Fact]
    public void Under_autocast_a_norm_hands_on_what_the_next_product_wants()
    {
        var (x, weight) = (Leaf(Draw(4, 5, 24), ScalarType.Float32), Leaf(Draw(24), ScalarType.Float32));
        Tensor result;
        using (Accelerator.Autocast(ScalarType.BFloat16))
        {
            result = Accelerator.RmsNorm(x, weight, 1e-2);
        }

        Assert.Equal(ScalarType.BFloat16, result.dtype);
        var slopes = Draw(4, 5, 24).to(ScalarType.BFloat16);
        (result * slopes).sum().backward();
        var (exactX, exactWeight) = (Leaf(x, ScalarType.Float64), Leaf(weight, ScalarType.Float64));
        (Accelerator.RmsNorm(exactX, exactWeight, 1e-2) * slopes.@double()).sum().backward();
        Check.Near(exactX.grad!, x.grad!, 1e-5);
        Check.Near(exactWeight.grad!, weight.grad!, 1e-5 * exactWeight.grad!.abs().max().ToDouble());
        Assert.Equal(ScalarType.Float32, weight.grad!.dtype);
    }

    [Fact]
    public void Threads_do_not_change_a_sum()
    {
        var (x, weight) = (Draw(64, 50, 96), Draw(96));
        var before = torch.get_num_threads();
        torch.set_num_threads(1);
        var one = Gradients([x, weight], ScalarType.Float32, t => Accelerator.RmsNorm(t[0], t[1], 1e-5), null);
        torch.set_num_threads(Math.Max(2, before));
        var two = Gradients([x, weight], ScalarType.Float32, t => Accelerator.RmsNorm(t[0], t[1], 1e-5), null);
        torch.set_num_threads(before);
        Assert.Equal(one[1].data<float>().ToArray(), two[1].data<float>().ToArray());
    }

    [Fact]
    public void Second_order_is_refused()
    {
        var x = Leaf(Draw(4, 6), ScalarType.Float32);
        var fault = Assert.Throws<TorchException>(() => torch.autograd.grad([Accelerator.SiluMul(x, x).sum()], [x], create_graph: true));
        Assert.Contains("no second derivative", fault.Message);
    }

    private static Tensor Table(Tensor exact, Tensor like) => exact.to(like.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32);

    private static Tensor Leaf(Tensor value, ScalarType type) => value.detach().to(type).clone().requires_grad_();

    /// <param name="inputs">In fp64; numbers that bf16 has, so that all types see the same.</param>
    /// <param name="forward">Any tensor; what counts is its sum, weighted by chance.</param>
    /// <param name="kernel">What the profile must show in the narrow types, and must not in fp64.</param>
    private static void CheckAll(Tensor[] inputs, Func<Tensor[], Tensor> forward, string kernel)
    {
        var exact = Gradients(inputs, ScalarType.Float64, forward, (kernel, false));
        CheckDifferences(inputs, forward, exact);
        foreach (var (type, tolerance) in ((ScalarType, double)[])[(ScalarType.Float32, 1e-5), (ScalarType.BFloat16, 3e-2)])
        {
            var actual = Gradients(inputs, type, forward, (kernel, true));
            for (var i = 0; i < inputs.Length; i++)
            {
                Assert.Equal(type, actual[i].dtype);
                Check.Near(exact[i], actual[i], tolerance * Math.Max(1, exact[i].abs().max().ToDouble()));
            }
        }
    }

    private static Tensor[] Gradients(Tensor[] inputs, ScalarType type, Func<Tensor[], Tensor> forward, (string Kernel, bool IsThere)? expected)
    {
        var leaves = inputs.Select(i => Leaf(i, type)).ToArray();
        var times = Accelerator.Profile(() =>
        {
            var output = forward(leaves);
            Assert.Equal(type, output.dtype);
            (output * Slopes(output.shape).to(type)).sum().backward();
        });
        if (expected is { } wanted)
        {
            Assert.Equal(wanted.IsThere, times.Any(t => t.Name == wanted.Kernel && t.Phase == OperatorPhase.Backward));
        }

        return [.. leaves.Select(l => l.grad!)];
    }

    private static void CheckDifferences(Tensor[] inputs, Func<Tensor[], Tensor> forward, Tensor[] gradients)
    {
        using var noGrad = torch.no_grad();
        for (var i = 0; i < inputs.Length; i++)
        {
            var flat = inputs[i].view(-1);
            for (var probe = 0; probe < Math.Min(4, flat.numel()); probe++)
            {
                var index = probe * 7919L % flat.numel();
                var number = flat[index];
                var start = number.ToDouble();
                var slope = (At(start + Step) - At(start - Step)) / (2 * Step);
                number.fill_(start);
                var recorded = gradients[i].reshape(-1)[index].ToDouble();
                Assert.True(Math.Abs(slope - recorded) <= 1e-6 * (1 + Math.Abs(slope)), $"input {i}[{index}]: recorded {recorded:G10}, differences say {slope:G10}.");

                double At(double value)
                {
                    number.fill_(value);
                    var output = forward(inputs);
                    return (output * Slopes(output.shape)).sum().ToDouble();
                }
            }
        }
    }

    private static Tensor Slopes(long[] shape)
    {
        using var generator = new Generator(11);
        return torch.randn(shape, generator: generator).to(ScalarType.BFloat16).to(ScalarType.Float64);
    }

    private Tensor Draw(params long[] shape) => torch.randn(shape, generator: _generator).to(ScalarType.BFloat16).to(ScalarType.Float64);
}

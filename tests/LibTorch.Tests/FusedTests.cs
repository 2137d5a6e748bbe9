namespace LibTorch.Tests;

public sealed class FusedTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly Generator _generator = new(5);

    /// <summary>Type of elements, width of a row, allowed difference: odd widths reach the ends of the vector loops.</summary>
    public static TheoryData<ScalarType, long, double> Cases
    {
        get
        {
            var data = new TheoryData<ScalarType, long, double>();
            foreach (var width in (long[])[1, 7, 33, 120, 2520])
            {
                data.Add(ScalarType.Float32, width, 1e-6);
                data.Add(ScalarType.BFloat16, width, 8e-3);
                data.Add(ScalarType.Float64, width, 1e-6);
            }

            return data;
        }
    }

    public void Dispose()
    {
        _generator.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Silu_times_another(ScalarType type, long width, double tolerance)
    {
        var (a, b) = (Draw(type, 6, width), Draw(type, 6, width));
        Near(a.@double().silu() * b.@double(), Accelerator.SiluMul(a, b), tolerance, type);
        Near(a.@double().silu() * b[0].@double(), Accelerator.SiluMul(a, b[0]), tolerance, type);
        Near(a.@double().silu() * b.@double(), Accelerator.SiluMulHalves(cat([a, b], -1)), tolerance, type);
        Near(a.@double().silu() * b.@double(), Accelerator.SiluMulHalves(cat([a, b], -1).t().contiguous().t()), tolerance, type);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rms_norm(ScalarType type, long width, double tolerance)
    {
        var (x, w) = (Draw(type, 2, 3, width), Draw(type, width));
        var plain = x.@double() * (x.@double().square().mean([-1], true) + 1e-5).rsqrt();
        Near(plain, Accelerator.RmsNorm(x, null, 1e-5), tolerance, type);
        Near(plain * w.@double(), Accelerator.RmsNorm(x, w, 1e-5), tolerance, type);
        var scale = Draw(type, 2, 1, width);
        Near(plain * w.@double() * (scale.@double() + 1), Accelerator.RmsNorm(x, w, 1e-5, scale), tolerance, type);
        Near(plain * (scale[0].@double() + 1), Accelerator.RmsNorm(x, null, 1e-5, scale[0]), tolerance, type);
        Near(plain.transpose(0, 1), Accelerator.RmsNorm(x.transpose(0, 1), null, 1e-5), tolerance, type);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Layer_norm(ScalarType type, long width, double tolerance)
    {
        // A row of one element is its own mean: what is left of it is rounding, some hundred times enlarged.
        tolerance *= width == 1 ? 100 : 1;
        var (x, w, b) = (Draw(type, 2, 3, width), Draw(type, width), Draw(type, width));
        var plain = torch.nn.functional.layer_norm(x.@double(), [width], w.@double(), b.@double(), 1e-5);
        Near(plain, Accelerator.LayerNorm(x, w, b, 1e-5), tolerance, type);
        Near(plain, Accelerator.LayerNorm(x, w.@float(), b.@float(), 1e-5), tolerance, type);
        Near(torch.nn.functional.layer_norm(x.@double(), [width], eps: 1e-5), Accelerator.LayerNorm(x, null, null, 1e-5), tolerance, type);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Softmax_with_scale_and_mask(ScalarType type, long width, double tolerance)
    {
        var x = Draw(type, 2, 3, 4, width) * 4;
        var wide = x.@double() * 0.3;
        Near(wide.softmax(-1), Accelerator.SoftmaxScaled(x, 0.3), tolerance, type);
        var bias = Draw(type, 2, 1, 1, width);
        Near((wide + bias.@double()).softmax(-1), Accelerator.SoftmaxScaled(x, 0.3, bias), tolerance, type);
        var perQuery = Draw(type, 4, 1);
        Near((wide + perQuery.@double()).softmax(-1), Accelerator.SoftmaxScaled(x, 0.3, perQuery), tolerance, type);
        var keep = torch.rand([4, width], generator: _generator) > 0.3;
        keep[TensorIndex.Ellipsis, 0] = torch.tensor(true);
        var expected = wide.masked_fill(keep.logical_not(), double.NegativeInfinity).softmax(-1);
        var masked = Accelerator.SoftmaxScaled(x, 0.3, keep);
        Near(expected, masked, tolerance, type);
        Check.Same(masked.masked_select(keep.logical_not()).abs().sum(), 0);
    }

    [Fact]
    public void Extremes_stay_what_they_are()
    {
        var x = torch.tensor([-1e4f, -100f, 0f, 100f, 1e4f, float.NaN]);
        Check.Same(Accelerator.SiluMul(x, torch.ones(6)), 0, 0, 0, 100, 1e4, double.NaN);
        Check.Same(Accelerator.SoftmaxScaled(torch.tensor([0f, -1e4f, float.NegativeInfinity]), 1), 1, 0, 0);
        Check.Same(Accelerator.SoftmaxScaled(torch.tensor([1f, float.NaN]), 1), double.NaN, double.NaN);
        Check.Shape(Accelerator.SiluMul(torch.zeros(0, 3), torch.zeros(0, 3)), 0, 3);
    }

    [Fact]
    public void Gradients_are_recorded_where_they_are_wanted()
    {
        var x = torch.ones([2, 4], requires_grad: true);
        Assert.True(Accelerator.SiluMul(x, x).requires_grad);
        Assert.True(Accelerator.RmsNorm(x, null, 1e-5).requires_grad);
        Assert.True(Accelerator.SoftmaxScaled(x, 2).requires_grad);
        Assert.True(Accelerator.LayerNorm(x, null, null, 1e-5).requires_grad);
        using var off = torch.no_grad();
        Assert.False(Accelerator.SiluMul(x, x).requires_grad);
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused() =>
        Assert.Throws<TorchException>(() => Accelerator.RmsNorm(torch.ones(2, 4), torch.ones(3), 1e-5));

    private static void Near(Tensor expected, Tensor actual, double tolerance, ScalarType type)
    {
        Assert.Equal(type, actual.dtype);
        var scale = Math.Max(1, expected.abs().max().ToDouble());
        Check.Near(expected, actual, tolerance * scale);
    }

    private Tensor Draw(ScalarType type, params long[] shape) => torch.randn(shape, generator: _generator).to(type);
}

using OmniGen2.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Layers;

public sealed class LayerTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Linear_is_the_matrix_of_its_rows_plus_bias()
    {
        var layer = new Linear(tensor([1f, 2, 3, 4, 5, 6]).view(3, 2), tensor([10f, 20, 30]));
        Assert.Equal([13f, 27, 41], Values(layer.Forward(tensor([1f, 1]))));
        Assert.Equal([3f, 7, 11], Values(new Linear(layer.Weight).Forward(tensor([1f, 1]))));
    }

    [Fact]
    public void Convolution_pads_with_zeros_and_strides()
    {
        var layer = new Conv2d(ones(1, 1, 3, 3), tensor([0.5f]), stride: 2, padding: 1);
        Assert.Equal([4.5f, 6.5f, 6.5f, 9.5f], Values(layer.Forward(ones(1, 1, 4, 4))));
    }

    [Fact]
    public void Embedding_takes_rows()
    {
        var layer = new Embedding(arange(6, dtype: ScalarType.Float32).view(3, 2));
        Assert.Equal([4f, 5, 0, 1], Values(layer.Forward(tensor([2L, 0]))));
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-6)]
    [InlineData(ScalarType.BFloat16, 8e-3)]
    [InlineData(ScalarType.Float64, 1e-12)]
    public void RmsNorm_divides_by_the_root_of_the_mean_square(ScalarType dtype, double tolerance)
    {
        var x = tensor([3.0, -4, 0, 5]).to(dtype);
        var layer = new RmsNorm(tensor([1.0, 2, 3, 0.5]).to(dtype), 1e-5);
        var root = Math.Sqrt((50 / 4.0) + 1e-5);
        Near([3 / root, -8 / root, 0, 2.5 / root], layer.Forward(x), tolerance);
    }

    [Fact]
    public void RmsNorm_of_large_bf16_values_does_not_overflow_its_sum()
    {
        var x = full([2, 4096], 3e4, dtype: ScalarType.BFloat16);
        Near(Enumerable.Repeat(1.0, 2 * 4096), new RmsNorm(ones(4096, dtype: ScalarType.BFloat16), 1e-6).Forward(x), 1e-2);
    }

    [Fact]
    public void RmsNorm_gives_the_same_numbers_with_and_without_gradients()
    {
        var x = randn([3, 5, 16], generator: Seed());
        var weight = randn([16], generator: Seed());
        var plain = new RmsNorm(weight, 1e-6).Forward(x);
        var recorded = new RmsNorm(weight.clone().requires_grad_(), 1e-6).Forward(x);
        Assert.True(recorded.requires_grad);
        Near(Values(plain).Select(v => (double)v), recorded.detach(), 1e-5);
    }

    [Fact]
    public void RmsNorm_gradient_is_that_of_the_formula()
    {
        var x = tensor([1.0, 2]).requires_grad_();
        var layer = new RmsNorm(ones(2, dtype: ScalarType.Float64), 0);
        layer.Forward(x)[0].backward();
        var mean = 2.5;
        Near([(1 / Math.Sqrt(mean)) - (0.5 / Math.Pow(mean, 1.5)), -1 / Math.Pow(mean, 1.5)], x.grad!, 1e-12);
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-6)]
    [InlineData(ScalarType.BFloat16, 1e-2)]
    public void LayerNorm_takes_the_mean_away(ScalarType dtype, double tolerance)
    {
        var root = Math.Sqrt(1.25 + 1e-6);
        Near([-1.5 / root, -0.5 / root, 0.5 / root, 1.5 / root], new LayerNorm(1e-6).Forward(tensor([1.0, 2, 3, 4]).to(dtype)), tolerance);
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-5)]
    [InlineData(ScalarType.BFloat16, 2e-2)]
    public void GroupNorm_normalises_each_group_over_the_picture(ScalarType dtype, double tolerance)
    {
        var x = tensor([1.0, 2, 3, 4, 11, 11, 9, 9, -1, 1, -1, 1, 0, 0, 0, 0]).to(dtype).view(1, 4, 2, 2);
        var layer = new GroupNorm(4, tensor([1.0, 1, 2, 1]).to(dtype), tensor([0.0, 5, 0, 7]).to(dtype), 1e-6);
        var result = layer.Forward(x);
        Assert.Equal(dtype, result.dtype);
        var root = Math.Sqrt(1.25);
        Near([-1.5 / root, -0.5 / root, 0.5 / root, 1.5 / root, 6, 6, 4, 4, -2, 2, -2, 2, 7, 7, 7, 7], result, tolerance);
    }

    private static Generator Seed() => new(3, CPU);

    private static float[] Values(Tensor tensor) => tensor.to(ScalarType.Float32).contiguous().data<float>().ToArray();

    private static void Near(IEnumerable<double> expected, Tensor actual, double tolerance)
    {
        var values = actual.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
        Assert.All(expected.Zip(values), v => Assert.True(Math.Abs(v.First - v.Second) <= tolerance * Math.Max(1, Math.Abs(v.First)), $"{v.Second} is not {v.First}."));
    }
}

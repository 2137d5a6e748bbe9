namespace LibTorch.Tests;

/// <summary>What runs token by token has kernels of its own; they must say what many rows at once say.</summary>
public sealed class OneTokenTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly Generator _generator = new(7);

    public void Dispose()
    {
        _generator.Dispose();
        _scope.Dispose();
    }

    /// <summary>Sizes that end within a vector, a piece of a row, a block of rows and beyond what stays in the first cache.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 33)]
    [InlineData(65, 512)]
    [InlineData(130, 2048)]
    [InlineData(75, 4096 + 517)]
    [InlineData(3, 11008)]
    [InlineData(20_000, 64)]
    public void One_row_through_a_linear_layer(long outputs, long inputs)
    {
        var (x, weight, bias) = (Draw(1, 1, inputs), Draw(outputs, inputs), Draw(outputs));
        var exact = x.@double().matmul(weight.@double().t());
        Near(exact, nn.functional.linear(x, weight));
        Near(exact + bias.@double(), nn.functional.linear(x, weight, bias));
        Assert.Equal([1, 1, outputs], nn.functional.linear(x, weight).shape);
    }

    [Fact]
    public void One_row_in_any_layout()
    {
        var (x, weight) = (Draw(96, 3), Draw(40, 96));
        Near(x.select(1, 1).@double().matmul(weight.@double().t()), nn.functional.linear(x.select(1, 1), weight));
    }

    [Fact]
    public void Infinite_and_missing_numbers_go_through_a_row()
    {
        var (x, weight) = (ones([1, 600], dtype: ScalarType.BFloat16), ones([2, 600], dtype: ScalarType.BFloat16));
        weight[0, 5].fill_(float.PositiveInfinity);
        weight[1, 599].fill_(float.NaN);
        var y = nn.functional.linear(x, weight).@float().data<float>().ToArray();
        Assert.Equal(float.PositiveInfinity, y[0]);
        Assert.True(float.IsNaN(y[1]));
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1, 4, 2, 17, 24, 1e-5)]
    [InlineData(ScalarType.Float32, 2, 6, 3, 1, 8, 1e-5)]
    [InlineData(ScalarType.BFloat16, 1, 16, 2, 300, 128, 1e-2)]
    [InlineData(ScalarType.BFloat16, 1, 3, 3, 40, 33, 1e-2)]
    public void One_query_attends_to_all_keys(ScalarType type, long batch, long heads, long keyHeads, long keys, long size, double tolerance)
    {
        // Keys and values as a cache keeps them: with room behind them.
        var q = Draw(batch, heads, 1, size).to_type(type);
        var k = Draw(batch, keyHeads, keys + 9, size).to_type(type).narrow(2, 0, keys);
        var v = Draw(batch, keyHeads, keys + 9, size).to_type(type).narrow(2, 0, keys);
        var group = heads / keyHeads;
        var (wideK, wideV) = (k.@double().repeat_interleave(group, dim: 1), v.@double().repeat_interleave(group, dim: 1));
        var expected = (q.@double().matmul(wideK.transpose(-1, -2)) * 0.3).softmax(-1).matmul(wideV);
        Check.Near(expected, Accelerator.GroupedAttention(q, k, v, null, 0.3), tolerance);
        Check.Near(expected, Accelerator.GroupedAttention(q.transpose(1, 2).contiguous().transpose(1, 2), k, v, null, 0.3), tolerance);
    }

    /// <summary>Rounded after each product and sum, bit for bit as operators one after the other round.</summary>
    [Theory]
    [InlineData(1, 128)]
    [InlineData(5, 34)]
    public void Heads_turn_in_bf16(long tokens, long size)
    {
        var x = Draw(2, tokens, 3, size).transpose(1, 2);
        var (cos, sin) = (Draw(1, 1, tokens, size / 2).cos(), Draw(1, 1, tokens, size / 2).sin());
        var (a, b) = (x.narrow(-1, 0, size / 2), x.narrow(-1, size / 2, size / 2));
        var expected = cat([(a * cos) - (b * sin), (b * cos) + (a * sin)], -1);
        Assert.True(expected.Equals(Accelerator.Turn(x, cos, sin, halves: true)));
    }

    private static void Near(Tensor exact, Tensor actual) =>
        Assert.True(((exact - actual.@double()).abs() <= ((exact.abs() + 1) * 8e-3)).all().ToBoolean(), $"expected {exact}, got {actual}");

    private Tensor Draw(params long[] shape) => randn(shape, generator: _generator).to_type(ScalarType.BFloat16);
}

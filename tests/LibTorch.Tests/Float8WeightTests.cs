namespace LibTorch.Tests;

/// <summary>fp8 numbers, scales and products, as the CPU shows them.</summary>
public sealed class Float8WeightTests : IDisposable
{
    // Half a step of three bits of mantissa.
    private const double HalfStep = 1.0 / 16;

    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly Generator _generator = new(5);

    /// <summary>Every number that e4m3 has, from the definition: a sign, an exponent with a bias of 7, three bits of mantissa; 480 would be no number.</summary>
    private static readonly float[] Numbers =
        [.. Enumerable.Range(0, 127).Select(i => i < 8 ? i / 512f : (8 + (i % 8)) * MathF.Pow(2, (i / 8) - 10))];

    public void Dispose()
    {
        _generator.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Every_number_of_e4m3_stays_itself()
    {
        Assert.Equal(448, Numbers[^1]);
        var row = torch.tensor([.. Numbers, .. Numbers.Select(x => -x)]).reshape(1, -1);
        Assert.Equal(Values(row), Values(Rounded(row)));
    }

    [Fact]
    public void Between_two_numbers_the_nearer_is_taken_and_of_equally_near_ones_the_even()
    {
        for (var i = 0; i < Numbers.Length - 1; i++)
        {
            var (low, high) = (Numbers[i], Numbers[i + 1]);
            var middle = (low + high) / 2;
            var row = torch.tensor([448, middle, MathF.BitDecrement(middle), MathF.BitIncrement(middle), -middle]).reshape(1, -1);
            var even = i % 2 == 0 ? low : high;
            Assert.Equal([448, even, low, high, -even], Values(Rounded(row)));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(33, 17)]
    [InlineData(64, 256)]
    public void Weights_are_within_half_a_step_each(long outputs, long inputs)
    {
        var weight = Draw(outputs, inputs) * torch.linspace(1e-3, 1e3, outputs).reshape(-1, 1);
        var rounded = Rounded(weight);
        var smallest = weight.abs().amax([1], keepdim: true) / 448 / 1024;
        Assert.True(((rounded - weight).abs() <= (weight.abs() * (HalfStep + 1e-6)) + smallest).all().ToBoolean());
        Assert.True((rounded.abs().amax([1]) - weight.abs().amax([1])).abs().le(weight.abs().amax([1]) * 1e-6).all().ToBoolean());
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 33, 17)]
    [InlineData(64, 256, 81)]
    public void Product_is_that_of_the_rounded_numbers(long rows, long inputs, long outputs)
    {
        var (x, weight, bias) = (Draw(rows, inputs), Draw(outputs, inputs), Draw(outputs));
        using var packed = Float8Weight.From(weight.bfloat16());
        var expected = nn.functional.linear(Rounded(x), packed.Unpack(), bias);
        Near(expected, packed.Linear(x, bias), 1e-5);
        Near(nn.functional.linear(x, weight, bias), packed.Linear(x, bias), 0.06);
        var narrow = packed.Linear(x.bfloat16().reshape(rows, 1, inputs));
        Assert.Equal((ScalarType.BFloat16, outputs), (narrow.dtype, narrow.shape[^1]));
        Assert.Equal([rows, 1, outputs], narrow.shape);
    }

    [Fact]
    public void Rows_and_outputs_of_zeros_stay_zeros_and_what_is_no_number_stays_visible()
    {
        var (x, weight) = (Draw(3, 40), Draw(20, 40));
        x[1].zero_();
        x[2, 39].fill_(float.NaN);
        weight[7].zero_();
        using var packed = Float8Weight.From(weight);
        var result = packed.Linear(x);
        Assert.All(Values(result[1]), v => Assert.Equal(0, v));
        Assert.Equal(0, result[0, 7].ToSingle());
        Assert.All(Values(result[0]), v => Assert.True(float.IsFinite(v)));
        Assert.All(Values(result[2]), v => Assert.True(float.IsNaN(v)));
    }

    [Fact]
    public void Sides_are_filled_up_to_sixteens_and_memory_is_a_byte_a_weight()
    {
        using var packed = Float8Weight.From(Draw(840, 2520));
        Assert.Equal((848 * 2528) + (848 * sizeof(float)), packed.Bytes);
    }

    [Fact]
    public void What_cannot_be_multiplied_is_refused()
    {
        using var packed = Float8Weight.From(Draw(8, 40));
        Assert.Contains("40 inputs, not", Assert.Throws<TorchException>(() => packed.Linear(Draw(2, 44))).Message);
        Assert.Contains("[out, in]", Assert.Throws<TorchException>(() => Float8Weight.From(Draw(8))).Message);
        Assert.False(Float8Weight.IsSupported(torch.CPU));
    }

    // Rows whose largest number is 448 have a scale of 1.
    private static Tensor Rounded(Tensor rows)
    {
        using var packed = Float8Weight.From(rows);
        return packed.Unpack();
    }

    private static void Near(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        var difference = (expected - actual.@float()).norm().ToDouble() / expected.norm().ToDouble();
        Assert.True(difference <= tolerance, $"difference {difference} of the size of the result, allowed {tolerance}");
    }

    private static float[] Values(Tensor x) => x.@float().contiguous().data<float>().ToArray();

    private Tensor Draw(params long[] shape) => randn(shape, generator: _generator);
}

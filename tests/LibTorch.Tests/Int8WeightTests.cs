namespace LibTorch.Tests;

/// <summary>Products with weights in 8 bits. Odd sizes reach the ends of panels, of rows that go together, and of inputs that are coded together.</summary>
public sealed class Int8WeightTests : IDisposable
{
    // Steps of a 127th and of a 255th of a row's range, over many numbers.
    private const double Tolerance = 0.02;

    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly Generator _generator = new(5);

    /// <summary>Rows, inputs, outputs.</summary>
    public static TheoryData<long, long, long> Sizes => new() { { 1, 1, 1 }, { 1, 192, 512 }, { 5, 33, 17 }, { 6, 64, 64 }, { 13, 130, 100 }, { 64, 256, 81 } };

    public void Dispose()
    {
        _generator.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Product_is_near_that_of_the_weights(long rows, long inputs, long outputs)
    {
        var (x, weight, bias) = (Draw(rows, inputs) + 0.3, Draw(outputs, inputs), Draw(outputs));
        using var packed = Int8Weight.From(weight);
        Near(nn.functional.linear(x, weight), packed.Linear(x));
        Near(nn.functional.linear(x, weight, bias), packed.Linear(x, bias));
        Near(nn.functional.linear(x, weight, bias), packed.Linear(x.bfloat16(), bias.bfloat16()));
        Assert.Equal(ScalarType.BFloat16, packed.Linear(x.bfloat16()).dtype);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_instruction_set_gives_the_same_bits(long rows, long inputs, long outputs)
    {
        var (x, bias) = (Draw(rows, inputs), Draw(outputs));
        using var packed = Int8Weight.From(Draw(outputs, inputs));
        for (var level = 0; level < Int8Weight.Levels; level++)
        {
            Assert.Equal(Numbers(packed.Linear(x, bias)), Numbers(packed.Linear(x, bias, level)));
            Assert.Equal(Numbers(packed.Linear(x.bfloat16(), bias)), Numbers(packed.Linear(x.bfloat16(), bias, level)));
        }

        Assert.NotEmpty(Int8Weight.Level);
        Assert.Throws<TorchException>(() => packed.Linear(x, bias, Int8Weight.Levels));
    }

    [Fact]
    public void A_row_does_not_depend_on_the_others()
    {
        var x = Draw(20, 70);
        using var packed = Int8Weight.From(Draw(40, 70));
        var together = packed.Linear(x);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(Numbers(together[i]), Numbers(packed.Linear(x[i])));
        }
    }

    [Fact]
    public void Rows_and_outputs_of_zeros_stay_zeros()
    {
        var (x, weight) = (Draw(3, 40), Draw(20, 40));
        x[1].zero_();
        weight[7].zero_();
        using var packed = Int8Weight.From(weight);
        var result = packed.Linear(x);
        Assert.All(Numbers(result[1]), v => Assert.Equal(0, v));
        Assert.All(Numbers(result[TensorIndex.Colon, 7]), v => Assert.Equal(0, v));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_no_number_stays_visible_in_its_row(float fault)
    {
        var x = Draw(3, 40);
        x[1, 39].fill_(fault);
        using var packed = Int8Weight.From(Draw(20, 40));
        var result = packed.Linear(x);
        Assert.All(Numbers(result[1]), v => Assert.True(float.IsNaN(v)));
        Assert.All(Numbers(result[2]), v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void Memory_is_a_byte_a_weight_and_little_more()
    {
        using var packed = Int8Weight.From(Draw(64, 1024).bfloat16());
        Assert.InRange(packed.Bytes, 64 * 1024, 64 * 1024 * 1.01);
    }

    [Fact]
    public void What_cannot_be_multiplied_is_refused()
    {
        using var packed = Int8Weight.From(Draw(8, 40));
        Assert.Contains("40 inputs, not 44", Assert.Throws<TorchException>(() => packed.Linear(Draw(2, 44))).Message);
        Assert.Contains("fp32 and bf16", Assert.Throws<TorchException>(() => packed.Linear(Draw(2, 40).@double())).Message);
        Assert.Throws<TorchException>(() => packed.Linear(Draw(2, 40).requires_grad_()));
    }

    private static void Near(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        var difference = (expected - actual.@float()).norm().ToDouble() / expected.norm().ToDouble();
        Assert.True(difference <= Tolerance, $"difference {difference} of the size of the result, allowed {Tolerance}");
    }

    private static float[] Numbers(Tensor x) => x.@float().contiguous().data<float>().ToArray();

    private Tensor Draw(params long[] shape) => randn(shape, generator: _generator);
}

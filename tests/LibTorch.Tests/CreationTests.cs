namespace LibTorch.Tests;

public sealed class CreationTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Filled_tensors_hold_their_value()
    {
        Check.Same(torch.zeros(3), 0, 0, 0);
        Check.Same(torch.ones(2, 2), 1, 1, 1, 1);
        Check.Same(torch.full(3, 2.5), 2.5, 2.5, 2.5);
        Check.Same(torch.eye(2), 1, 0, 0, 1);
        Check.Shape(torch.empty(1, 2, 3, 4), 1, 2, 3, 4);
        Check.Shape(torch.zeros([5, 0, 2]), 5, 0, 2);
    }

    [Fact]
    public void Ranges_follow_their_steps()
    {
        Check.Same(torch.arange(4), 0, 1, 2, 3);
        Check.Same(torch.arange(1, 4), 1, 2, 3);
        Check.Near(torch.arange(0.0, 1.0, 0.25), 1e-7, 0, 0.25, 0.5, 0.75);
        Check.Near(torch.linspace(0, 1, 5), 1e-7, 0, 0.25, 0.5, 0.75, 1);
        Assert.Equal(ScalarType.Int64, torch.arange(4).dtype);
        Assert.Equal(ScalarType.Float32, torch.arange(0.0, 4.0, 1.0).dtype);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Bool)]
    public void Every_type_of_elements_can_be_made(ScalarType type)
    {
        var ones = torch.ones([2], dtype: type);
        Assert.Equal(type, ones.dtype);
        Check.Same(ones, 1, 1);
        Check.Same(torch.zeros_like(ones), 0, 0);
        Check.Same(torch.full_like(ones, 1), 1, 1);
        Assert.Equal(type, ones.new_zeros([3]).dtype);
    }

    [Fact]
    public void Arrays_become_tensors_of_their_own_type()
    {
        Assert.Equal(ScalarType.Float32, torch.tensor([1f, 2f]).dtype);
        Assert.Equal(ScalarType.Float64, torch.tensor([1.0, 2.0]).dtype);
        Assert.Equal(ScalarType.Int64, torch.tensor([1L, 2L]).dtype);
        Assert.Equal(ScalarType.Bool, torch.tensor([true, false]).dtype);
        Assert.Equal(ScalarType.BFloat16, torch.tensor([1f, 2f], dtype: bfloat16).dtype);
        Check.Same(torch.tensor(3f), 3);
        Assert.Empty(torch.tensor(3f).shape);
        Check.Shape(torch.tensor([1f, 2f, 3f, 4f, 5f, 6f], [2, 3]), 2, 3);
        Check.Shape(torch.tensor([1f, 2f, 3f, 4f, 5f, 6f], 3, 2), 3, 2);
        Check.Same(torch.tensor(new[,] { { 1, 2 }, { 3, 4 } })[1], 3, 4);
    }

    [Fact]
    public void A_tensor_out_of_an_array_is_a_copy_of_it()
    {
        var array = new[] { 1f, 2f };
        var tensor = torch.tensor(array);
        array[0] = 9;
        Check.Same(tensor, 1, 2);
    }

    [Fact]
    public void Likeness_takes_shape_type_and_place()
    {
        var x = torch.ones([2, 3], dtype: float64);
        Assert.Equal(float64, x.empty_like().dtype);
        Check.Shape(x.randn_like(), 2, 3);
        Assert.Equal(float32, torch.ones_like(x, dtype: float32).dtype);
        Check.Same(x.new_full([2], 7), 7, 7);
        Assert.Equal(float64, x.new_ones([2]).dtype);
        Check.Shape(x.new_empty([4]), 4);
    }

    [Fact]
    public void On_device_meta_a_tensor_is_only_a_shape()
    {
        var big = torch.empty([1L << 40, 1 << 20], device: torch.META);
        Assert.True(big.is_meta);
        Check.Shape(big.narrow(0, 0, 5), 5, 1 << 20);
    }
}

namespace LibTorch.Tests;

public sealed class DataTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Elements_come_out_in_order_whatever_the_strides()
    {
        var x = torch.arange(6, dtype: float32).view(2, 3).T;
        Assert.Equal([0f, 3f, 1f, 4f, 2f, 5f], x.data<float>().ToArray());
        Assert.Equal(4f, x.data<float>()[1, 1]);
        Assert.Equal(3f, x.data<float>()[1]);
        Assert.Equal(6, x.data<float>().Count);
        Assert.Equal(15f, x.data<float>().Sum());
    }

    [Fact]
    public void Elements_go_in()
    {
        var x = torch.zeros(2, 2);
        x.data<float>().CopyFrom([1, 2, 3, 4]);
        x.data<float>()[1, 0] = 30;
        Check.Same(x, 1, 2, 30, 4);
        Assert.Throws<ArgumentException>(() => x.data<float>().CopyFrom([1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.data<float>()[2, 0]);
    }

    [Fact]
    public void One_element_becomes_a_number()
    {
        Assert.Equal(2.5f, torch.tensor(2.5f).item<float>());
        Assert.Equal(7L, torch.tensor([7L]).item<long>());
        Assert.True(torch.tensor(true).item<bool>());
        Assert.Equal(2.5f, torch.tensor(2.5f).to(bfloat16).ToSingle());
        Assert.Equal(2.5, torch.tensor(2.5f).ToDouble());
        Assert.Equal(7, torch.tensor(7f).ToInt32());
        Assert.True(torch.tensor(1f).ToBoolean());
        Assert.Equal(1.5f, (float)torch.tensor(1.5f).to(bfloat16).item<BFloat16>());
        Assert.Equal((Half)1.5f, torch.tensor(1.5f).half().item<Half>());
    }

    [Fact]
    public void Types_convert()
    {
        var x = torch.tensor([1.7f, -1.7f, 0f]);
        Check.Same(x.@long(), 1, -1, 0);
        Check.Same(x.@int(), 1, -1, 0);
        Check.Same(x.@bool(), 1, 1, 0);
        Check.Near(x.bfloat16(), 0.01, 1.7, -1.7, 0);
        Assert.Equal(float64, x.@double().dtype);
        Assert.Equal(float32, x.@double().@float().dtype);
        Assert.Equal(float16, x.to_type(float16).dtype);
        Assert.Equal(int64, x.type_as(torch.arange(2)).dtype);
        Assert.Equal(int64, x.to(torch.arange(2)).dtype);
        Assert.Equal(ScalarType.Byte, torch.tensor([1f]).@byte().dtype);
        Assert.Equal(float64, x.to(float64, torch.CPU).dtype);
    }

    [Fact]
    public void Converting_may_dispose_what_it_came_from()
    {
        var x = torch.ones(2);
        var y = x.to(float64, disposeAfter: true);
        Assert.True(x.IsInvalid);
        Check.Same(y, 1, 1);
        var z = y.to(float64, copy: true);
        z.zero_();
        Check.Same(y, 1, 1);
    }

    [Fact]
    public void Copying_converts_to_the_target()
    {
        var target = torch.zeros([2], dtype: bfloat16);
        Check.Same(target.copy_(torch.tensor([1.5, 2.5])), 1.5, 2.5);
        var other = torch.empty(0);
        Check.Same(other.set_(torch.ones(2)), 1, 1);
    }

    [Fact]
    public void Bytes_lie_open()
    {
        var x = torch.tensor([1f, 2f]);
        Assert.Equal(8, x.bytes.Length);
        Accelerator.Bytes(x).Clear();
        Check.Same(x, 0, 0);
        Assert.Throws<InvalidOperationException>(() => torch.ones(2, 2).T.expand(3, 2, 2).bytes.Length);
    }

    [Fact]
    public void A_tensor_describes_itself()
    {
        var x = torch.zeros([2, 3], dtype: bfloat16);
        Assert.Equal("[2x3], type = BFloat16, device = cpu", x.ToString());
        Assert.Equal((2L, 6L, 2L), (x.dim(), x.numel(), x.element_size()));
        Assert.Equal(3, x.size(-1));
        Assert.True(x.is_cpu());
        Assert.False(x.is_cuda);
        Assert.True(x.is_floating_point());
        Assert.True(torch.arange(2).is_integral());
        Assert.Equal(torch.CPU, x.device);
        Assert.Equal(3, x[1].storage_offset());
    }
}

namespace LibTorch.Tests;

public sealed class ViewTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly Tensor _x = torch.arange(6).view(2, 3);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Shapes_change_and_elements_stay()
    {
        Check.Shape(_x.view(3, -1), 3, 2);
        Check.Shape(_x.reshape(6), 6);
        Check.Shape(_x.flatten(), 6);
        Check.Shape(_x.unflatten(1, 3, 1), 2, 3, 1);
        Check.Shape(_x.unsqueeze(0), 1, 2, 3);
        Check.Shape(_x.unsqueeze(0).squeeze(), 2, 3);
        Check.Shape(_x.unsqueeze(1).squeeze(1), 2, 3);
        Check.Shape(_x.clone().unsqueeze_(2).squeeze_(2), 2, 3);
        Check.Shape(_x.view_as(torch.zeros(3, 2)), 3, 2);
        Check.Same(_x.view(3, 2)[2], 4, 5);
    }

    [Fact]
    public void Dimensions_change_places()
    {
        Check.Same(_x.T, 0, 3, 1, 4, 2, 5);
        Check.Same(_x.t(), 0, 3, 1, 4, 2, 5);
        Check.Same(_x.transpose(0, 1), 0, 3, 1, 4, 2, 5);
        Check.Same(_x.mT, 0, 3, 1, 4, 2, 5);
        Check.Shape(torch.zeros(2, 3, 4).permute(2, 0, 1), 4, 2, 3);
        Check.Shape(torch.zeros(2, 3, 4).movedim([0], [2]), 3, 4, 2);
        Assert.False(_x.T.is_contiguous());
        Assert.True(_x.T.contiguous().is_contiguous());
        Assert.Equal([1L, 3L], _x.T.stride());
        Assert.Equal(3, _x.stride(0));
    }

    [Fact]
    public void A_view_shares_memory_and_a_clone_does_not()
    {
        var view = _x.view(6);
        var clone = _x.clone();
        view.fill_(7);
        Check.Same(_x, 7, 7, 7, 7, 7, 7);
        Check.Same(clone, 0, 1, 2, 3, 4, 5);
    }

    [Fact]
    public void Elements_repeat()
    {
        Check.Same(torch.tensor([1, 2]).repeat(2), 1, 2, 1, 2);
        Check.Same(torch.tensor([1, 2]).tile([2]), 1, 2, 1, 2);
        Check.Same(torch.tensor([1, 2]).repeat_interleave(2, 0), 1, 1, 2, 2);
        Check.Same(torch.tensor([1, 2]).repeat_interleave(torch.tensor([1L, 2L]), 0), 1, 2, 2);
        Check.Same(torch.tensor([1, 2]).view(2, 1).expand(2, 2), 1, 1, 2, 2);
        Check.Shape(torch.zeros(1, 3).expand(4, -1), 4, 3);
        Check.Shape(torch.zeros(1, 3).expand_as(torch.zeros(2, 3)), 2, 3);
        Check.Shape(torch.zeros(3).broadcast_to(2, 3), 2, 3);
        Assert.Throws<ArgumentException>(() => torch.tensor([1, 2]).repeat_interleave(2, 0, output_size: 5));
    }

    [Fact]
    public void Parts_are_taken()
    {
        Check.Same(_x.narrow(1, 1, 2), 1, 2, 4, 5);
        Check.Same(_x.select(1, 2), 2, 5);
        Check.Same(_x.slice(1, 0, 3, 2), 0, 2, 3, 5);
        Check.Same(_x.diagonal(), 0, 4);
        Check.Same(torch.tensor([1, 2]).diag(), 1, 0, 0, 2);
        Check.Same(_x.tril(), 0, 0, 0, 3, 4, 0);
        Check.Same(_x.triu(1), 0, 1, 2, 0, 0, 5);
        Check.Same(_x.as_strided([2], [3], 1), 1, 4);
        Check.Same(torch.arange(4).unfold(0, 2, 1), 0, 1, 1, 2, 2, 3);
    }

    [Fact]
    public void Order_is_turned()
    {
        Check.Same(_x.flip(1), 2, 1, 0, 5, 4, 3);
        Check.Same(_x.roll([1], [1]), 2, 0, 1, 5, 3, 4);
        Check.Same(torch.arange(3).roll(1), 2, 0, 1);
    }

    [Fact]
    public void Tensors_come_apart()
    {
        Assert.Equal([2L, 1L], _x.split(2, 1).Select(t => t.size(1)));
        Assert.Equal([1L, 2L], _x.split([1, 2], 1).Select(t => t.size(1)));
        Assert.Equal(3, _x.chunk(3, 1).Length);
        Check.Same(_x.unbind()[1], 3, 4, 5);
        Check.Same(_x.unbind(1)[0], 0, 3);
    }

    [Fact]
    public void Tensors_come_together()
    {
        var y = torch.ones([2, 3], dtype: int64);
        Check.Shape(torch.cat([_x, y], 1), 2, 6);
        Check.Shape(torch.stack([_x, y]), 2, 2, 3);
        Check.Shape(torch.stack([_x, y], -1), 2, 3, 2);
        Check.Shape(torch.cat(new List<Tensor> { _x, y }), 4, 3);
        Check.Shape(torch.cat([.. Enumerable.Repeat(_x, 40)]), 80, 3);
        Check.Shape(torch.hstack(_x, y), 2, 6);
        Check.Shape(torch.vstack([_x, y]), 4, 3);
        var grid = torch.meshgrid([torch.arange(2), torch.arange(3)]);
        Check.Same(grid[0], 0, 0, 0, 1, 1, 1);
        Check.Same(grid[1], 0, 1, 2, 0, 1, 2);
    }

    [Fact]
    public void Bytes_are_read_as_another_type()
    {
        Check.Same(Accelerator.Reinterpret(torch.tensor([1f]), int32), 0x3f800000);
        var c = torch.complex(torch.tensor([1f]), torch.tensor([2f]));
        Check.Same(c.view_as_real(), 1, 2);
        Check.Same(torch.tensor([0f, 1f], [1, 2]).view_as_complex().view_as_real(), 0, 1);
    }
}

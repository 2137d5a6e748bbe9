namespace LibTorch.Tests;

public sealed class IndexingTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly Tensor _x = torch.arange(12).view(3, 4);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Brackets_take_numbers_slices_and_more()
    {
        Check.Same(_x[1], 4, 5, 6, 7);
        Check.Same(_x[-1, 0], 8);
        Check.Same(_x[.., 1], 1, 5, 9);
        Check.Same(_x[1.., ..2], 4, 5, 8, 9);
        Check.Same(_x[..^1, ^1], 3, 7);
        Check.Same(_x[TensorIndex.Ellipsis, TensorIndex.Slice(0, 4, 2)], 0, 2, 4, 6, 8, 10);
        Check.Same(_x[TensorIndex.Colon, 0], 0, 4, 8);
        Check.Shape(_x[TensorIndex.None], 1, 3, 4);
        Check.Same(_x[TensorIndex.Tensor(torch.tensor([2L, 0L])), 1], 9, 1);
        Check.Same(_x[_x > 9], 10, 11);
        Check.Shape(torch.zeros(2, 3, 4)[1, 2], 4);
        Check.Same(torch.arange(8).view(2, 2, 2)[1, 0, 1], 5);
    }

    [Fact]
    public void Brackets_take_new_values()
    {
        var y = _x.clone();
        y[0] = torch.zeros([4], dtype: int64);
        y[1, 1] = torch.tensor(50L);
        y[2, ..2] = torch.tensor([80L, 90L]);
        Check.Same(y, 0, 0, 0, 0, 4, 50, 6, 7, 80, 90, 10, 11);
        y[y > 9] = torch.tensor(-1L);
        Check.Same(y, 0, 0, 0, 0, 4, -1, 6, 7, -1, -1, -1, -1);
        y.index_put_(5, 0, 0);
        Check.Same(y[0, 0], 5);
    }

    [Fact]
    public void Places_are_given_by_tensors()
    {
        var rows = torch.tensor([2L, 0L]);
        Check.Same(_x.index_select(0, rows), 8, 9, 10, 11, 0, 1, 2, 3);
        Check.Same(_x.gather(1, torch.tensor([3L, 0L, 1L], [3, 1])), 3, 4, 9);
        Check.Same(_x.take(torch.tensor([5L, 0L])), 5, 0);
        Check.Same(_x.take_along_dim(torch.tensor([1L, 1L, 2L], [3, 1]), 1), 1, 5, 10);
        Check.Same(_x.index(rows), 8, 9, 10, 11, 0, 1, 2, 3);
    }

    [Fact]
    public void Values_are_put_where_tensors_say()
    {
        var zeros = torch.zeros(4);
        var places = torch.tensor([1L, 1L, 3L]);
        var values = torch.tensor([1f, 2f, 3f]);
        Check.Same(zeros.scatter(0, torch.tensor([2L]), torch.tensor([5f])), 0, 0, 5, 0);
        Check.Same(zeros.scatter_add(0, places, values), 0, 3, 0, 3);
        Check.Same(zeros.index_add(0, places, values, 2), 0, 6, 0, 6);
        Check.Same(zeros.index_copy(0, torch.tensor([0L]), torch.tensor([9f])), 9, 0, 0, 0);
        Check.Same(zeros.index_fill(0, places, 4), 0, 4, 0, 4);
        Check.Same(zeros, 0, 0, 0, 0);
        Check.Same(zeros.scatter_add_(0, places, values), 0, 3, 0, 3);
        Check.Same(zeros.index_add_(0, places, values, 1), 0, 6, 0, 6);
        Check.Same(zeros.index_fill_(0, places, 1), 0, 1, 0, 1);
        Check.Same(zeros.scatter_(0, torch.tensor([0L]), torch.tensor([8f])), 8, 1, 0, 1);
        Check.Same(zeros.index_copy_(0, torch.tensor([0L]), torch.tensor([7f])), 7, 1, 0, 1);
    }

    [Fact]
    public void Masks_choose_elements()
    {
        var x = torch.tensor([1f, 2f, 3f]);
        var mask = torch.tensor([true, false, true]);
        Check.Same(x.masked_fill(mask, 0), 0, 2, 0);
        Check.Same(x.masked_select(mask), 1, 3);
        Check.Same(x.masked_scatter(mask, torch.tensor([8f, 9f])), 8, 2, 9);
        Check.Same(mask.nonzero(), 0, 2);
        Check.Same(x.masked_scatter_(mask, torch.tensor([8f, 9f])), 8, 2, 9);
        Check.Same(x.masked_fill_(mask, double.NegativeInfinity), double.NegativeInfinity, 2, double.NegativeInfinity);
    }
}

namespace LibTorch.Tests;

public sealed class ReductionTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly Tensor _x = torch.tensor([1.0, 5.0, 3.0, 4.0, 2.0, 6.0], [2, 3]);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Sums_and_means_go_over_what_is_asked()
    {
        Check.Same(_x.sum(), 21);
        Check.Same(_x.sum(0), 5, 7, 9);
        Check.Same(_x.sum(-1), 9, 12);
        Check.Same(_x.sum(0, 1), 21);
        Check.Shape(_x.sum([1L], keepdim: true), 2, 1);
        Check.Same(_x.mean(), 3.5);
        Check.Same(_x.mean([0]), 2.5, 3.5, 4.5);
        Check.Shape(_x.mean([-1], keepdim: true), 2, 1);
        Check.Same(_x.prod(), 720);
        Check.Same(_x.prod(1), 15, 48);
        Assert.Equal(float32, _x.sum(type: float32).dtype);
    }

    [Fact]
    public void Spread_is_measured_with_and_without_bias()
    {
        Check.Near(_x.var(), 1e-12, 3.5);
        Check.Near(_x.var(1, unbiased: false), 1e-12, 8.0 / 3, 8.0 / 3);
        Check.Near(_x.std(1), 1e-12, 2, 2);
        Check.Near(torch.tensor([3.0, 4.0]).norm(), 1e-12, 5);
        Check.Near(_x.norm(0, p: 1), 1e-12, 5, 7, 9);
    }

    [Fact]
    public void Extremes_are_found_with_their_places()
    {
        Check.Same(_x.max(), 6);
        Check.Same(_x.min(), 1);
        var (values, places) = _x.max(1);
        Check.Same(values, 5, 6);
        Check.Same(places, 1, 2);
        (values, places) = _x.min(0, keepdim: true);
        Check.Shape(values, 1, 3);
        Check.Same(places, 0, 1, 0);
        Check.Same(_x.argmax(), 5);
        Check.Same(_x.argmax(1), 1, 2);
        Check.Same(_x.argmin(1), 0, 1);
        Check.Same(_x.amax(0), 4, 5, 6);
        Check.Same(_x.amin([1], true), 1, 2);
        Check.Same(_x.median(), 3);
    }

    [Fact]
    public void Orders_are_found_with_their_places()
    {
        var (values, places) = _x.sort(1);
        Check.Same(values, 1, 3, 5, 2, 4, 6);
        Check.Same(places, 0, 2, 1, 1, 0, 2);
        Check.Same(_x.sort(1, descending: true).Values, 5, 3, 1, 6, 4, 2);
        Check.Same(torch.tensor([1, 0, 1, 0]).sort(stable: true).Indices, 1, 3, 0, 2);
        (values, places) = _x.topk(2);
        Check.Same(values, 5, 3, 6, 4);
        Check.Same(places, 1, 2, 2, 0);
        Check.Same(_x.argsort(0), 0, 1, 0, 1, 0, 1);
        Check.Same(_x.kthvalue(2, 1).values, 3, 4);
    }

    [Fact]
    public void Truths_are_gathered()
    {
        var t = torch.tensor([true, false, true, true], [2, 2]);
        Check.Same(t.all(), 0);
        Check.Same(t.any(), 1);
        Check.Same(t.all(1), 0, 1);
        Check.Same(t.any(0), 1, 1);
        Check.Same(t.count_nonzero(), 3);
    }

    [Fact]
    public void Running_totals_follow_a_dimension()
    {
        Check.Same(_x.cumsum(1), 1, 6, 9, 4, 6, 12);
        Check.Same(_x.cumprod(0), 1, 5, 3, 4, 10, 18);
        Check.Near(torch.tensor([0.0, 0.0]).logsumexp(0), 1e-12, Math.Log(2));
    }

    [Fact]
    public void Values_are_counted_and_placed()
    {
        var n = torch.tensor([2L, 0L, 2L]);
        Check.Same(n.bincount(), 1, 0, 2);
        var (values, inverse, counts) = n.unique(return_inverse: true, return_counts: true);
        Check.Same(values, 0, 2);
        Check.Same(inverse!, 1, 0, 1);
        Check.Same(counts!, 1, 2);
        Assert.Null(n.unique().counts);
        var edges = torch.tensor([1.0, 3.0]);
        Check.Same(torch.searchsorted(edges, torch.tensor([0.0, 1.0, 2.0, 4.0])), 0, 0, 1, 2);
        Check.Same(torch.tensor([1.0]).bucketize(edges, right: true), 1);
    }
}

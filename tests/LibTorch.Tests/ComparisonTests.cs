namespace LibTorch.Tests;

public sealed class ComparisonTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly Tensor _a = torch.tensor([1, 2, 3]);
    private readonly Tensor _b = torch.tensor([3, 2, 1]);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Comparisons_answer_for_every_element()
    {
        Check.Same(_a == _b, 0, 1, 0);
        Check.Same(_a != _b, 1, 0, 1);
        Check.Same(_a < _b, 1, 0, 0);
        Check.Same(_a <= _b, 1, 1, 0);
        Check.Same(_a > _b, 0, 0, 1);
        Check.Same(_a >= _b, 0, 1, 1);
        Assert.Equal(ScalarType.Bool, (_a == _b).dtype);
    }

    [Fact]
    public void Numbers_stand_on_either_side()
    {
        Check.Same(_a == 2, 0, 1, 0);
        Check.Same(_a != 2, 1, 0, 1);
        Check.Same(_a < 2, 1, 0, 0);
        Check.Same(2 < _a, 0, 0, 1);
        Check.Same(_a >= 2, 0, 1, 1);
        Check.Same(2 >= _a, 1, 1, 0);
        Check.Same(_a.clone().gt_(1), 0, 1, 1);
    }

    [Fact]
    public void Whole_tensors_compare_as_one()
    {
        Assert.True(_a.Equals(_a.clone()));
        Assert.False(_a.Equals(_b));
        Assert.True(torch.tensor(1.0).allclose(torch.tensor(1.0 + 1e-9)));
        Assert.False(torch.tensor(1.0).allclose(torch.tensor(1.1)));
        Check.Same(torch.tensor([1.0, 2.0]).isclose(torch.tensor([1.0, 2.1])), 1, 0);
    }

    [Fact]
    public void Where_takes_one_or_the_other()
    {
        Check.Same(torch.where(_a > _b, _a, _b), 3, 2, 3);
        Check.Same(_a.where(_a > 1, _b), 3, 2, 3);
    }

    [Fact]
    public void Membership_is_asked_for_every_element() => Check.Same(_a.isin(torch.tensor([1, 3, 5])), 1, 0, 1);
}

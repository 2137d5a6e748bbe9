namespace LibTorch.Tests;

public sealed class RandomTests
{
    [Fact]
    public void The_same_seed_draws_the_same()
    {
        using var scope = torch.NewDisposeScope();
        var a = torch.randn(3, 4, generator: new Generator(7));
        var b = torch.randn(3, 4, generator: new Generator(7));
        var c = torch.randn(3, 4, generator: new Generator(8));
        Assert.True(a.Equals(b));
        Assert.False(a.Equals(c));
    }

    [Fact]
    public void A_generators_state_can_be_taken_and_given_back()
    {
        using var scope = torch.NewDisposeScope();
        var generator = new Generator(7);
        torch.randn([100], generator: generator);
        var state = generator.get_state();
        var first = torch.rand([5], generator: generator);
        generator.set_state(state);
        Assert.True(first.Equals(torch.rand([5], generator: generator)));
        Assert.Equal(7, generator.initial_seed());
        Assert.Equal(long.MaxValue, generator.manual_seed(long.MaxValue).initial_seed());
    }
}

namespace LibTorch.Tests;

public sealed class RandomTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void The_same_seed_draws_the_same()
    {
        var a = torch.randn(3, 4, generator: new Generator(7));
        Assert.True(a.Equals(torch.randn(3, 4, generator: new Generator(7))));
        Assert.False(a.Equals(torch.randn(3, 4, generator: new Generator(8))));
        // As in PyTorch, the generator of the CPU keeps the whole seed and starts from its lower 32 bits.
        Assert.True(a.Equals(torch.randn(3, 4, generator: new Generator(7 + (1UL << 40)))));
    }

    [Fact]
    public void Uniform_numbers_are_those_of_the_mersenne_twister()
    {
        // Its published first outputs for seed 5489; a float takes the lower 24 bits of each.
        Check.Same(torch.rand([3], generator: new Generator(5489)), Uniform(3499211612), Uniform(581869302), Uniform(3890346734));
    }

    [Fact]
    public void Narrow_noise_is_wide_noise_rounded()
    {
        var wide = torch.randn(4, 50, generator: new Generator(3));
        Assert.True(wide.to(bfloat16).Equals(torch.randn(4, 50, dtype: bfloat16, generator: new Generator(3))));
    }

    [Fact]
    public void A_generators_state_can_be_taken_and_given_back()
    {
        var generator = new Generator(7);
        torch.randn([100], generator: generator);
        var state = generator.get_state();
        var first = torch.rand([5], generator: generator);
        generator.set_state(state);
        Assert.True(first.Equals(torch.rand([5], generator: generator)));
        Assert.Equal(7, generator.initial_seed());
        Assert.Equal(long.MaxValue, generator.manual_seed(long.MaxValue).initial_seed());
        Assert.Equal(generator.seed(), generator.initial_seed());
        generator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => torch.rand([1], generator: generator));
    }

    [Fact]
    public void Draws_have_their_distribution()
    {
        var g = new Generator(1);
        var normal = torch.randn([20000], generator: g);
        Check.Near(normal.mean(), 0.03, 0);
        Check.Near(normal.std(), 0.03, 1);
        Check.Near(torch.zeros(20000).normal_(5, 2, g).mean(), 0.06, 5);
        var uniform = torch.zeros(20000).uniform_(2, 4, g);
        Assert.InRange(uniform.min().ToSingle(), 2, 2.01);
        Assert.InRange(uniform.max().ToSingle(), 3.99, 4);
        Check.Near(torch.zeros(20000).exponential_(2, g).mean(), 0.02, 0.5);
        Check.Near(torch.zeros(20000).bernoulli_(0.25, g).mean(), 0.02, 0.25);
        Check.Near(torch.bernoulli(torch.full(20000, 0.75), g).mean(), 0.02, 0.75);
        Check.Near(torch.rand([20000], generator: g).mean(), 0.02, 0.5);
    }

    [Fact]
    public void Whole_numbers_stay_in_their_range()
    {
        var g = new Generator(1);
        var n = torch.randint(3, 6, [1000], generator: g);
        Check.Same(n.unique().output, 3, 4, 5);
        Check.Same(torch.randint(1, [2], generator: g), 0, 0);
        Check.Same(torch.randperm(4, generator: g).sort().Values, 0, 1, 2, 3);
    }

    [Fact]
    public void Multinomial_never_takes_what_has_no_weight()
    {
        var weights = torch.tensor([0f, 3f, 0f, 1f]);
        var drawn = torch.multinomial(weights, 4000, replacement: true, new Generator(1));
        Check.Same(drawn.unique().output, 1, 3);
        Check.Near((drawn == 1).@float().mean(), 0.03, 0.75);
        Check.Same(weights.multinomial(2, generator: new Generator(1)).sort().Values, 1, 3);
    }

    [Fact]
    public void One_seed_for_everything_that_has_no_generator_of_its_own()
    {
        var state = Generator.Default.get_state();
        torch.manual_seed(11);
        var a = torch.rand(3).cpu();
        torch.manual_seed(11);
        Assert.Equal(3, a.numel());
        Generator.Default.set_state(state);
    }

    private static double Uniform(uint output) => (output & 0xffffff) / 16777216.0;
}

using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

public sealed class SceneRandomTests
{
    [Fact]
    public void Numbers_of_a_seed_and_index_never_change()
    {
        var random = SceneRandom.ForTraining(seed: 1, index: 2);
        ulong[] expected = [0xA5EBC535FFAEF004, 0x907C31DF965F5563, 0x93333A89A036844D];
        Assert.Equal(expected, Enumerable.Range(0, 3).Select(_ => random.Next()));
    }

    [Fact]
    public void Neighbouring_seeds_and_indices_share_nothing()
    {
        var firsts = from seed in Enumerable.Range(0, 40) from index in Enumerable.Range(0, 40) select SceneRandom.ForTraining(seed, index).Next();
        Assert.Equal(1600, firsts.Distinct().Count());
    }

    [Fact]
    public void Bounded_numbers_fill_their_range_evenly()
    {
        var random = SceneRandom.ForTraining(3, 0);
        var counts = new int[6];
        for (var draw = 0; draw < 60_000; draw++)
        {
            counts[random.Between(0, 5)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void Weights_are_the_shares_drawn()
    {
        var random = SceneRandom.ForTraining(4, 0);
        var counts = new int[3];
        for (var draw = 0; draw < 40_000; draw++)
        {
            counts[random.Weighted(1, 0, 3)]++;
        }

        Assert.Equal(0, counts[1]);
        Assert.InRange(counts[0], 9_500, 10_500);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(900_000)]
    [InlineData(900_001)]
    public void Training_may_not_touch_the_seeds_kept_for_evaluation(long seed)
    {
        var fault = Assert.Throws<ModelException>(() => SceneRandom.ForTraining(seed, 0));
        Assert.Contains("900000", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluation_may_not_touch_the_seeds_of_training()
    {
        Assert.Throws<ModelException>(() => SceneRandom.ForEvaluation(899_999, 0));
        Assert.NotNull(SceneRandom.ForEvaluation(SceneRandom.FirstEvaluationSeed, 0));
    }
}

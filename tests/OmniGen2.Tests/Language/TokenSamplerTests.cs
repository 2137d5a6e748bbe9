using OmniGen2.Models.Language;

namespace OmniGen2.Tests.Language;

public class TokenSamplerTests
{
    [Theory]
    [MemberData(nameof(QwenCases.All), MemberType = typeof(QwenCases))]
    public void Recorded_logits_are_penalised_and_picked_from_as_in_the_original(string name)
    {
        var golden = QwenCases.Open(name);
        var (logits, scores, ids) = (golden.Floats("gen.logits"), golden.Floats("gen.scores"), golden.Longs("gen.ids"));
        var vocabulary = logits.Length / ids.Length;
        var sampler = new TokenSampler(QwenCases.Options, QwenCases.Prompt(name).Ids);
        for (var step = 0; step < ids.Length; step++)
        {
            var row = logits.AsSpan(step * vocabulary, vocabulary).ToArray();
            Assert.Equal(ids[step], sampler.Pick(row));
            Assert.Equal(scores.AsSpan(step * vocabulary, vocabulary).ToArray(), row);
        }
    }

    [Fact]
    public void Temperature_zero_or_a_single_candidate_takes_the_most_likely_token()
    {
        Assert.True(new GenerationOptions().IsGreedy);
        Assert.True(new GenerationOptions { Temperature = 1e-6 }.IsGreedy);
        Assert.True(new GenerationOptions { Temperature = 0.1, TopK = 1 }.IsGreedy);
        Assert.False(new GenerationOptions { Temperature = 0.7, TopK = 50 }.IsGreedy);
        Assert.Equal(2, Pick(new GenerationOptions { Temperature = 1e-6 }, 0f, 1f, 3f, 2.9f));
    }

    [Fact]
    public void Draws_follow_the_probabilities()
    {
        var options = new GenerationOptions { Temperature = 0.5, Seed = 7 };
        var logits = new[] { 0f, 0.5f * MathF.Log(2), -1e9f, 0.5f * MathF.Log(5) };    // 1 : 2 : 0 : 5 at temperature ½
        var counts = Counts(options, logits, 8000);
        Assert.Equal(0, counts[2]);
        Assert.InRange(counts[0], 850, 1150);
        Assert.InRange(counts[1], 1800, 2200);
        Assert.InRange(counts[3], 4750, 5250);
    }

    [Fact]
    public void Top_k_and_top_p_leave_only_the_most_likely_tokens()
    {
        float[] logits = [MathF.Log(1), MathF.Log(2), MathF.Log(3), MathF.Log(4)];
        Assert.Equal([2, 3], Drawn(new GenerationOptions { Temperature = 1, TopK = 2 }));
        Assert.Equal([2, 3], Drawn(new GenerationOptions { Temperature = 1, TopP = 0.65 }));
        Assert.Equal([3], Drawn(new GenerationOptions { Temperature = 1, TopP = 0.001 }));
        Assert.Equal([0, 1, 2, 3], Drawn(new GenerationOptions { Temperature = 1, TopK = 50 }));

        IEnumerable<int> Drawn(GenerationOptions options) => Counts(options, logits, 500).Index().Where(c => c.Item > 0).Select(c => c.Index);
    }

    [Fact]
    public void The_same_seed_draws_the_same_tokens()
    {
        var logits = new float[64];
        Assert.Equal(Draw(5), Draw(5));
        Assert.NotEqual(Draw(5), Draw(6));

        IEnumerable<int> Draw(long seed)
        {
            var sampler = new TokenSampler(new GenerationOptions { Temperature = 1, Seed = seed }, []);
            return [.. Enumerable.Range(0, 20).Select(_ => sampler.Pick(logits))];
        }
    }

    private static int Pick(GenerationOptions options, params float[] logits) => new TokenSampler(options, []).Pick(logits);

    private static int[] Counts(GenerationOptions options, float[] logits, int draws)
    {
        var (sampler, counts) = (new TokenSampler(options, []), new int[logits.Length]);
        for (var i = 0; i < draws; i++)
        {
            counts[sampler.Pick([.. logits])]++;
        }
        return counts;
    }
}

using OmniGen2.Tokenization;

namespace OmniGen2.Tests.Tokenization;

public class BytePairTokenizerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Merging_by_queue_is_merging_by_definition(int seed)
    {
        var random = new Random(seed);
        var merges = new Dictionary<(int, int), (int Rank, int Id)>();
        for (var rank = 0; rank < 60; rank++)
        {
            merges.TryAdd((random.Next(4 + rank), random.Next(4 + rank)), (rank, 4 + rank));
        }

        var byteIds = Enumerable.Range(0, 256).Select(value => value % 4).ToArray();
        var subject = new BytePairMerges(byteIds, merges);
        for (var round = 0; round < 300; round++)
        {
            var piece = new byte[random.Next(1, 60)];
            random.NextBytes(piece);
            var ids = new List<int>();
            subject.Encode(piece, ids);
            Assert.Equal(Definition([.. piece.Select(value => byteIds[value])], merges), ids);
        }
    }

    [Fact]
    public void A_word_of_a_hundred_thousand_letters_encodes_and_decodes()
    {
        var word = new string('a', 100_000);
        Assert.Equal(word, TokenizerCases.Real.Decode(TokenizerCases.Real.EncodePlain(word)));
    }

    [Fact]
    public void The_memory_of_pieces_is_bounded()
    {
        var cache = new PieceCache();
        for (var i = 0; i < 100_000; i++)
        {
            cache.Add($"w{i}", [i]);
        }

        cache.Add(new string('a', 1000), [1]);
        Assert.InRange(cache.Count, 1, 16_384);
        Assert.False(cache.TryGet(new string('a', 1000), out _));
        Assert.True(cache.TryGet("w99999", out var tokens));
        Assert.Equal([99_999], tokens);
    }

    [Fact]
    public void Threads_share_a_tokenizer()
    {
        var texts = TokenizerCases.Read("tokenizer/qwen25-cases.json").Select(item => item.String("text")).ToArray();
        var expected = texts.Select(TokenizerCases.Real.EncodeTrusted).ToArray();
        var fresh = BytePairTokenizer.Load(GoldenFile.Path("tokenizer/qwen25"));
        Parallel.For(0, 8, _ => Assert.Equal(expected, texts.Select(fresh.EncodeTrusted).ToArray()));
    }

    [Fact]
    public void Ids_outside_the_vocabulary_have_no_text() => Assert.Equal("ab", TokenizerCases.Tiny.Decode([64, -1, 482, int.MaxValue, 65]));

    // Joins the pair of lowest rank, leftmost first, until none is left.
    private static List<int> Definition(List<int> ids, Dictionary<(int, int), (int Rank, int Id)> merges)
    {
        while (true)
        {
            var best = Enumerable.Range(0, ids.Count - 1).Where(i => merges.ContainsKey((ids[i], ids[i + 1]))).DefaultIfEmpty(-1).MinBy(i => i < 0 ? 0 : merges[(ids[i], ids[i + 1])].Rank);
            if (best < 0)
            {
                return ids;
            }

            ids[best] = merges[(ids[best], ids[best + 1])].Id;
            ids.RemoveAt(best + 1);
        }
    }
}

using OmniGen2.Tokenization;

namespace OmniGen2.Tests.Tokenization;

public class StopStringsTests
{
    [Theory]
    [InlineData("tiny", "qwen-tiny/stop-criteria.json")]
    [InlineData("qwen25", "tokenizer/qwen25-stop-criteria.json")]
    public void Recorded_ids_end_the_answer_or_not_as_recorded(string name, string file)
    {
        var tokenizer = TokenizerCases.Of(name);
        var cases = TokenizerCases.Read(file, out var root);
        var strings = root.GetProperty("stop_strings").EnumerateArray().Select(item => item.GetString()!).ToArray();
        var stops = new StopStrings(tokenizer, strings);
        Assert.Equal(strings, StopStrings.OfChat);
        TokenizerCases.AllEqual(cases, item => (
            new { Text = item.String("text"), Stops = item.GetProperty("stops").GetBoolean() },
            new { Text = tokenizer.Decode(item.Ints("ids")), Stops = stops.EndAfter(item.Ints("ids")) }));
    }

    [Fact]
    public void No_string_and_no_token_end_nothing()
    {
        Assert.False(new StopStrings(TokenizerCases.Tiny, StopStrings.OfChat).EndAfter([]));
        Assert.False(new StopStrings(TokenizerCases.Tiny, [""]).EndAfter([458]));
    }

    [Fact]
    public void A_token_of_the_embedding_that_the_vocabulary_lacks_ends_nothing()
    {
        var stops = new StopStrings(TokenizerCases.Tiny, StopStrings.OfChat);
        Assert.True(stops.EndAfter([458]));
        Assert.False(stops.EndAfter([458, 100_000]));
    }

    [Fact]
    public void A_string_outside_ascii_ends_the_answer_though_tokens_cut_its_letters()
    {
        var ids = TokenizerCases.Tiny.EncodePlain("fin 終");
        var stops = new StopStrings(TokenizerCases.Tiny, ["終"]);
        Assert.True(stops.EndAfter(ids));
        Assert.False(stops.EndAfter(ids[..^1]));
    }
}

using System.Text;
using OmniGen2.Tokenization;

namespace OmniGen2.Tests.Tokenization;

public class TextStreamTests
{
    private static readonly BytePairTokenizer Tokenizer = TokenizerCases.Tiny;

    [Fact]
    public void An_emoji_of_four_tokens_comes_whole_with_the_fourth() =>
        Assert.Equal(["", "", "", "\U0001F600"], Pieces(new TextStream(Tokenizer), 172, 253, 246, 222));

    [Fact]
    public void A_character_that_stays_half_is_replaced_at_the_end()
    {
        var stream = new TextStream(Tokenizer);
        Assert.Equal(["A", "", ""], Pieces(stream, 32, 172, 253));
        Assert.Equal("\uFFFD", stream.Finish());
        Assert.Equal("", stream.Finish());
    }

    [Fact]
    public void Special_tokens_can_be_left_out_while_others_that_were_added_stay()
    {
        var ids = Tokenizer.EncodeTrusted("a<|im_end|><tool_call>b");
        Assert.Equal("a<tool_call>b", string.Concat(Pieces(new TextStream(Tokenizer, skipSpecial: true), ids)));
        Assert.Equal("a<|im_end|><tool_call>b", string.Concat(Pieces(new TextStream(Tokenizer), ids)));
    }

    [Fact]
    public void A_removed_string_never_shows_even_in_part()
    {
        var stream = new TextStream(Tokenizer, removed: "<|im_end|>");
        Assert.Equal("The lake", string.Concat(Pieces(stream, [.. Tokenizer.EncodePlain("The lake<|im_end|>")])) + stream.Finish());
    }

    [Fact]
    public void What_only_began_like_the_removed_string_is_shown_once_that_is_clear()
    {
        var stream = new TextStream(Tokenizer, removed: "<|im_end|>");
        Assert.Equal("a<|im_x", string.Concat(Pieces(stream, [.. Tokenizer.EncodePlain("a<|im_x")])));
        Assert.Equal("", string.Concat(Pieces(stream, [.. Tokenizer.EncodePlain("<|im")])));
        Assert.Equal("<|im", stream.Finish());
    }

    [Theory]
    [InlineData("<|im_<|im_end|>end|>")]
    [InlineData("<|im_end<|im_end|>|><<|im_end|>")]
    [InlineData("<<||im_end|><|im_end|><|")]
    public void Removal_in_a_stream_is_removal_in_the_whole(string text)
    {
        var stream = new TextStream(Tokenizer, removed: "<|im_end|>");
        var shown = string.Concat(Pieces(stream, Tokenizer.EncodePlain(text))) + stream.Finish();
        Assert.Equal(text.Replace("<|im_end|>", "", StringComparison.Ordinal), shown);
    }

    [Fact]
    public void Random_bytes_stream_to_the_text_of_decoding_them_at_once()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            // Mostly bytes that begin or continue a character, so that many almost succeed.
            int[] ids = [.. Enumerable.Range(0, 12).Select(_ => random.Next(4) == 0 ? random.Next(482) : random.Next(94, 256))];
            var stream = new TextStream(Tokenizer);
            var pieces = Pieces(stream, ids);
            Assert.Equal(Tokenizer.Decode(ids), string.Concat(pieces) + stream.Finish());
            Assert.All(pieces, piece => Assert.Equal(piece, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(piece))));
        }
    }

    private static string[] Pieces(TextStream stream, params int[] ids) => [.. ids.Select(stream.Push)];
}

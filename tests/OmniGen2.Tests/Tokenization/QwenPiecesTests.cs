using OmniGen2.Tokenization;

namespace OmniGen2.Tests.Tokenization;

/// <summary>The pre-tokeniser against the pieces that the original's pattern gave.</summary>
public class QwenPiecesTests
{
    private const string File = "tokenizer/pretokenize-cases.json";

    [Fact]
    public void Recorded_texts_fall_into_the_recorded_pieces() =>
        TokenizerCases.AllEqual(TokenizerCases.Read(File), item => (
            item.GetProperty("pieces").EnumerateArray().Select(piece => piece.GetString()).ToArray(),
            Pieces(Composition.Compose(item.String("text")))));

    [Fact]
    public void Recorded_texts_compose_to_the_recorded_normal_form() =>
        TokenizerCases.AllEqual(TokenizerCases.Read(File), item => (
            item.TryGetProperty("nfc", out var nfc) ? nfc.GetString() : item.String("text"),
            Composition.Compose(item.String("text"))));

    [Theory]
    [InlineData("\U0001D4D0\U0001D4D1 x", "\U0001D4D0\U0001D4D1", " x")] // Letters beyond U+FFFF are letters.
    [InlineData("\U0001F600x", "\U0001F600x")] // An emoji leads a word as any sign does.
    [InlineData("a\U0001D7CF", "a", "\U0001D7CF")] // A digit beyond U+FFFF is a number.
    [InlineData("it'\u017F", "it", "'\u017F")]
    [InlineData("'LL'x", "'LL", "'x")]
    [InlineData("a  \n b", "a", "  \n", " b")]
    [InlineData("x   y", "x", "  ", " y")]
    [InlineData("x \u00A0y", "x", " ", "\u00A0y")]
    [InlineData(" .\r\n.", " .\r\n", ".")]
    public void Pieces_end_where_the_pattern_says(string text, params string[] pieces) => Assert.Equal(pieces, Pieces(text));

    [Theory]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData(" \n")]
    [InlineData("'")]
    [InlineData("a")]
    [InlineData("a ")]
    [InlineData("\U0001F600")]
    public void A_hundred_thousand_characters_are_cut_without_loss(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length)) + "end";
        Assert.Equal(text, string.Concat(Pieces(text)));
    }

    private static string[] Pieces(string text)
    {
        var pieces = new List<string>();
        for (var start = 0; start < text.Length; start += pieces[^1].Length)
        {
            pieces.Add(text.Substring(start, QwenPieces.FirstLength(text.AsSpan(start))));
        }

        return [.. pieces];
    }
}

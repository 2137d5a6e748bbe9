using OmniGen2.Sampling;
using OmniGen2.Tokenization;

namespace OmniGen2.Tests.Pipeline;

public class AnswerTextTests
{
    private static readonly PromptTemplate Template = new(BytePairTokenizer.Load(GoldenFile.Path("tiny-omnigen2/processor")));

    [Fact]
    public void Answer_that_begins_with_the_image_token_asks_for_a_picture()
    {
        Assert.Equal("[image]", Shown(Template.Tokenizer.EncodeTrusted("<|img|>"), out var text));
        Assert.True(text.IsImageRequest);
    }

    [Fact]
    public void Image_token_spelled_out_counts_as_well()
    {
        var shown = Shown(Template.Tokenizer.EncodePlain("<|img|>"), out var text);
        Assert.Equal("[image]", shown);
        Assert.True(text.IsImageRequest);
    }

    [Theory]
    [InlineData("<|imagine that", "<|imagine that")]
    [InlineData("<", "<")]
    [InlineData("Hello. <|img|>", "Hello. ")]
    [InlineData("Hello.<|im_end|>", "Hello.")]
    [InlineData("Hello.<|endoftext|>", "Hello.")]
    [InlineData("<|im_end|>", "")]
    [InlineData("größer 日本 🙂<|im_end|>", "größer 日本 🙂")]
    public void Text_is_shown_without_the_token_that_ends_it(string answer, string expected)
    {
        Assert.Equal(expected, Shown(Template.Tokenizer.EncodeTrusted(answer), out var text));
        Assert.False(text.IsImageRequest);
        Assert.Equal(answer.EndsWith("|>", StringComparison.Ordinal), text.IsEnded);
    }

    private static string Shown(IEnumerable<int> ids, out AnswerText text)
    {
        var answer = text = new AnswerText(Template);
        return string.Concat(ids.Select(answer.Push).ToList().Append(answer.Finish()).Select(delta => delta switch
        {
            ChatDelta.Text piece => piece.Value,
            ChatDelta.ImageRequested => "[image]",
            _ => "",
        }));
    }
}

using OmniGen2.Training.Language;

namespace OmniGen2.Tests.Training.Language;

public sealed class PhraseReaderTests
{
    private static PhraseState Nothing => default;

    [Fact]
    public void Every_word_adds_to_the_object_that_it_belongs_to()
    {
        var states = Read("a big striped red star at the top left and an orange ring in the center");
        var star = Nothing with { Size = 3, Pattern = 2, Colour = 1, Shape = 4 };
        Assert.Equal(
            [
                Nothing, Nothing with { Size = 3 }, Nothing with { Size = 3, Pattern = 2 }, star with { Shape = 0 }, star, star, star,
                star with { Row = 1 }, star with { Row = 1, Column = 1 },
                Nothing, Nothing, Nothing with { Colour = 2 }, Nothing with { Colour = 2, Shape = 7 }, Nothing with { Colour = 2, Shape = 7 }, Nothing with { Colour = 2, Shape = 7 },
                Nothing with { Colour = 2, Shape = 7, Row = 2, Column = 2 },
            ],
            states);
    }

    [Theory]
    [InlineData("two red crosses on a blue background", 4)]
    [InlineData("on a gray background, a star", 2)]
    [InlineData("a star in the night sky", 10)]
    [InlineData("a red star with a sunset behind", 11)]
    [InlineData("a blue star on the background of the third image", 0)]
    public void Background_is_kept_apart_from_the_object(string prompt, int background) => Assert.Equal(background, Read(prompt)[^1].Background);

    [Fact]
    public void A_background_takes_its_colour_from_the_object()
    {
        var states = Read("a star on a pink background");
        Assert.Equal(Nothing with { Colour = 7 }, states[^2]);
        Assert.Equal(Nothing with { Background = 7 }, states[^1]);
    }

    [Fact]
    public void In_a_question_the_second_object_does_not_inherit_from_the_first()
    {
        Assert.Equal(Nothing with { Colour = 5, Shape = 7 }, Read("Is the striped red star left of the blue ring?", isQuestion: true)[^1]);
        Assert.Equal(Nothing with { Shape = 7 }, Read("Is the red star above the ring?", isQuestion: true)[^1]);
        Assert.Equal(Nothing with { Shape = 4, Row = 1, Column = 3 }, Read("What color is the star in the top right corner?", isQuestion: true)[^1]);
    }

    private static PhraseState[] Read(string text, bool isQuestion = false)
    {
        var tokens = Mini.Template.Tokenizer.EncodePlain(text);
        Assert.Equal(text.Count(c => c == ' ') + 1 + text.Count(c => ",?".Contains(c)), tokens.Length);
        return PhraseReader.Read(text, tokens, Mini.Template.Tokenizer, isQuestion);
    }
}

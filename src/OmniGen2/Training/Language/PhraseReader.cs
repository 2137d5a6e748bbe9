using System.Text.RegularExpressions;
using OmniGen2.Tokenization;

namespace OmniGen2.Training.Language;

/// <summary>Follows a prompt word by word. Articles, "and" and commas begin a new object; "background" takes the colour before it.</summary>
internal static partial class PhraseReader
{
    /// <summary>What is known after every token of a text.</summary>
    /// <param name="text">Plain ASCII, as the grammar writes.</param>
    /// <param name="tokens">The text's.</param>
    /// <param name="tokenizer">Theirs.</param>
    /// <param name="isQuestion">Whether "the" before a description begins a new object too, and words that relate two objects place none.</param>
    public static PhraseState[] Read(string text, ReadOnlySpan<int> tokens, BytePairTokenizer tokenizer, bool isQuestion = false)
    {
        var states = new PhraseState[tokens.Length];
        var words = Word().Matches(text);
        var (state, colour, before, next, end) = (default(PhraseState), "", "", 0, 0);
        for (var i = 0; i < tokens.Length; i++)
        {
            end += tokenizer.BytesOf(tokens[i]).Length;
            for (; next < words.Count && words[next].Index + words[next].Length <= end; next++)
            {
                var word = words[next].Value.ToLowerInvariant();
                state = isQuestion && Lexicon.Of(word) is { } entry ? Ask(state, entry.Role, before) : state;
                state = isQuestion && word == "of" && before is ("left" or "right") ? state with { Column = 0, Row = 0 } : state;
                state = isQuestion && word is ("above" or "over" or "below" or "under" or "beneath") ? state : After(state, word, ref colour);
                before = word;
            }

            states[i] = state;
        }

        return states;
    }

    // "the red star": a description after "the" is of another object, "the top" is not.
    private static PhraseState Ask(PhraseState state, WordRole role, string before) =>
        before == "the" && role is (WordRole.Colour or WordRole.Shape or WordRole.Pattern or WordRole.Size) ? state.NextObject() : state;

    private static PhraseState After(PhraseState state, string word, ref string colour)
    {
        if (Lexicon.Of(word) is not var (role, value))
        {
            return state;
        }

        switch (role)
        {
            case WordRole.Starter:
                colour = "";
                return state.NextObject();
            case WordRole.Background:
                var background = Lexicon.PlainBackground(colour);
                return (background > 0 ? state with { Background = background } : state).NextObject();
            default:
                colour = role == WordRole.Colour ? word : role == WordRole.Shape ? "" : colour;
                return role == WordRole.Colour && value == Lexicon.NoColour ? state : state.With(role, value);
        }
    }

    [GeneratedRegex("[A-Za-z]+|,")]
    private static partial Regex Word();
}

using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Language;

/// <summary>What a word sets, in the numbers of <see cref="PhraseState"/>.</summary>
internal enum WordRole
{
    Colour,
    Shape,
    Pattern,
    Size,
    Column,
    Row,
    Scenery,
    Background,
    Starter,
}

/// <summary>The words of the world that say something about an object or a background.</summary>
internal static class Lexicon
{
    /// <summary>What a word that means a colour only as a background has for a colour.</summary>
    public const int NoColour = 0;

    private static readonly Dictionary<string, (WordRole Role, int Value)> Entries = Make();

    public static (WordRole Role, int Value)? Of(string word) => Entries.TryGetValue(word, out var entry) ? entry : null;

    /// <summary>1 and more for a plain background of this name, 0 where there is none.</summary>
    public static int PlainBackground(string word) =>
        1 + World.Backgrounds.Where(World.IsPlain).Select(Words.Plain).ToList().IndexOf(word);

    private static Dictionary<string, (WordRole Role, int Value)> Make()
    {
        var entries = new Dictionary<string, (WordRole Role, int Value)>();
        Add(WordRole.Starter, 0, "a", "an", "two", "three", "four", ",", "and");
        foreach (var plain in World.Backgrounds.Where(World.IsPlain))
        {
            Add(WordRole.Colour, NoColour, Words.Plain(plain));
        }

        foreach (var colour in World.Colours)
        {
            Add(WordRole.Colour, 1 + (int)colour, Words.Of(colour));
        }

        foreach (var shape in World.Shapes)
        {
            Add(WordRole.Shape, 1 + (int)shape, Words.Of(shape), Words.Plural(shape));
        }

        Add(WordRole.Pattern, 1, "plain");
        Add(WordRole.Pattern, 2, "striped", "stripy", "stripes");
        Add(WordRole.Pattern, 3, "dotted", "spotted", "polka", "dots");
        Add(WordRole.Size, 1, "small", "little", "tiny");
        Add(WordRole.Size, 2, "medium");
        Add(WordRole.Size, 3, "large", "big", "huge");
        Add(WordRole.Column, 1, "left");
        Add(WordRole.Column, 3, "right");
        Add(WordRole.Row, 1, "top", "above", "over");
        Add(WordRole.Row, 2, "center", "middle");
        Add(WordRole.Row, 3, "bottom", "below", "under", "beneath");
        Add(WordRole.Scenery, 9, "meadow");
        Add(WordRole.Scenery, 10, "night");
        Add(WordRole.Scenery, 11, "sunset");
        Add(WordRole.Scenery, 12, "sea");
        Add(WordRole.Background, 0, "background");
        return entries;

        void Add(WordRole role, int value, params string[] words)
        {
            foreach (var word in words)
            {
                entries[word] = (role, value);
            }
        }
    }
}

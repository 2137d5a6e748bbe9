namespace OmniGen2.Training.Language;

/// <summary>What a prompt has said of the object it is at, and of the background; 0 is nothing, other values count from 1.</summary>
internal readonly record struct PhraseState(int Colour, int Shape, int Size, int Pattern, int Column, int Row, int Background)
{
    /// <summary>Values of every field, in order.</summary>
    public static readonly int[] Classes = [11, 9, 4, 4, 4, 4, 13];

    /// <summary>Whether nothing is said of an object.</summary>
    public bool IsEmpty => this == new PhraseState(0, 0, 0, 0, 0, 0, Background);

    public IEnumerable<long> Labels => [Colour, Shape, Size, Pattern, Column, Row, Background];

    /// <summary>The same background, and no object yet.</summary>
    public PhraseState NextObject() => new(0, 0, 0, 0, 0, 0, Background);

    public PhraseState With(WordRole role, int value) => role switch
    {
        WordRole.Colour => this with { Colour = value },
        WordRole.Shape => this with { Shape = value },
        WordRole.Pattern => this with { Pattern = value },
        WordRole.Size => this with { Size = value },
        WordRole.Column => this with { Column = value },
        WordRole.Row => value == 2 ? this with { Row = 2, Column = 2 } : this with { Row = value },
        WordRole.Scenery => this with { Background = value },
        _ => this,
    };
}

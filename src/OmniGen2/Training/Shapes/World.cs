namespace OmniGen2.Training.Shapes;

/// <summary>Every value of every attribute, in the order of its enumeration.</summary>
public static class World
{
    public static IReadOnlyList<Shape> Shapes { get; } = Enum.GetValues<Shape>();

    public static IReadOnlyList<Colour> Colours { get; } = Enum.GetValues<Colour>();

    public static IReadOnlyList<Pattern> Patterns { get; } = Enum.GetValues<Pattern>();

    public static IReadOnlyList<ObjectSize> Sizes { get; } = Enum.GetValues<ObjectSize>();

    public static IReadOnlyList<Background> Backgrounds { get; } = Enum.GetValues<Background>();

    /// <summary>Whether the background is one colour, so that its name is a colour's name.</summary>
    public static bool IsPlain(Background background) => background < Background.Meadow;
}

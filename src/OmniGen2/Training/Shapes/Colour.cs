namespace OmniGen2.Training.Shapes;

/// <summary>The ten colours an object may have; <see cref="Palette"/> has their values.</summary>
public enum Colour
{
    Red,
    Orange,
    Yellow,
    Green,
    Blue,
    Purple,
    Pink,
    Brown,
    White,
    Cyan,
}

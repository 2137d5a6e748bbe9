namespace OmniGen2.Training.Shapes;

/// <summary>Eight plain backgrounds, then four painted ones.</summary>
public enum Background
{
    White,
    Gray,
    Black,
    Blue,
    Green,
    Yellow,
    Pink,
    Purple,
    Meadow,
    NightSky,
    Sunset,
    Sea,
}

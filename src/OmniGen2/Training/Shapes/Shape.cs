namespace OmniGen2.Training.Shapes;

/// <summary>The eight outlines of the shapes world.</summary>
public enum Shape
{
    Circle,
    Square,
    Triangle,
    Star,
    Heart,
    Hexagon,
    Ring,
    Cross,
}

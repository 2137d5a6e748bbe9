namespace OmniGen2.Training.Shapes;

/// <summary>What is wrong with a judged picture.</summary>
public enum JudgeFault
{
    None,
    Colour,
    Shape,
    Background,
    Position,
    Missing,
}

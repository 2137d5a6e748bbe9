namespace OmniGen2.Training.Shapes;

/// <summary>What covers an object's colour.</summary>
public enum Pattern
{
    Plain,
    Striped,
    Dotted,
}

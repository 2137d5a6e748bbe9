namespace OmniGen2.Training.Shapes;

/// <summary>The eight edits.</summary>
public enum EditKind
{
    Recolour,
    Background,
    Add,
    Move,
    Replace,
    Remove,
    Pattern,
    Resize,
}

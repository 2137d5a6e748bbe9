namespace OmniGen2.Training.Shapes;

/// <summary>One object: its look, and its centre in pixels.</summary>
public readonly record struct SceneObject(Shape Shape, Colour Colour, Pattern Pattern, ObjectSize Size, int X, int Y)
{
    /// <summary>3 · row + column of the cell that holds the centre.</summary>
    public int Cell => Grid.CellAt(X, Y);

    /// <summary>Whether both would be drawn alike.</summary>
    public bool LooksLike(SceneObject other) =>
        Shape == other.Shape && Colour == other.Colour && Pattern == other.Pattern && Size == other.Size;
}

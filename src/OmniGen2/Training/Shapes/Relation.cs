namespace OmniGen2.Training.Shapes;

/// <summary>Where one object is, seen from another.</summary>
public enum Direction
{
    LeftOf,
    RightOf,
    Above,
    Below,
}

/// <summary>"<paramref name="First"/> is left of <paramref name="Second"/>": the objects are named by their places in the scene.</summary>
public readonly record struct Relation(int First, Direction Direction, int Second)
{
    /// <summary>How far apart in pixels two centres must be for the relation to hold.</summary>
    public const int Margin = 8;

    public static bool Holds(SceneObject first, Direction direction, SceneObject second) => direction switch
    {
        Direction.LeftOf => first.X <= second.X - Margin,
        Direction.RightOf => first.X >= second.X + Margin,
        Direction.Above => first.Y <= second.Y - Margin,
        _ => first.Y >= second.Y + Margin,
    };

    public static Direction Opposite(Direction direction) => direction switch
    {
        Direction.LeftOf => Direction.RightOf,
        Direction.RightOf => Direction.LeftOf,
        Direction.Above => Direction.Below,
        _ => Direction.Above,
    };

    /// <summary>The directions that hold between the cells of two objects; one or two of them.</summary>
    public static IReadOnlyList<Direction> Between(SceneObject first, SceneObject second) =>
        [.. Enum.GetValues<Direction>().Where(each => HoldsForCells(first.Cell, each, second.Cell))];

    private static bool HoldsForCells(int first, Direction direction, int second) => direction switch
    {
        Direction.LeftOf => Grid.Column(first) < Grid.Column(second),
        Direction.RightOf => Grid.Column(first) > Grid.Column(second),
        Direction.Above => Grid.Row(first) < Grid.Row(second),
        _ => Grid.Row(first) > Grid.Row(second),
    };
}

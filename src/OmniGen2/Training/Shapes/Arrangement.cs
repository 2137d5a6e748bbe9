namespace OmniGen2.Training.Shapes;

/// <summary>Where objects stand of which a prompt says no places.</summary>
internal static class Arrangement
{
    // By the number of objects; in the order in which the prompt names them.
    private static readonly int[][] Cells = [[], [4], [3, 5], [3, 4, 5], [0, 2, 6, 8]];

    /// <summary>The scene of a task with its objects in order, each in the middle of its cell.</summary>
    /// <param name="task">Whose prompt names no places; what it says of two objects stays true.</param>
    /// <param name="order">Its objects as the prompt names them.</param>
    public static Scene Of(T2iTask task, IReadOnlyList<int> order)
    {
        var cells = task.Relation is { } relation ? CellsOf(relation.Direction) : Cells[order.Count];
        return order.Zip(cells).Aggregate(task.Scene, (scene, place) => scene.Replace(place.First, At(scene.Objects[place.First], place.Second)));
    }

    private static int[] CellsOf(Direction direction) => direction switch
    {
        Direction.LeftOf => [3, 5],
        Direction.RightOf => [5, 3],
        Direction.Above => [1, 7],
        _ => [7, 1],
    };

    private static SceneObject At(SceneObject it, int cell)
    {
        var (x, y) = Grid.CentreOf(cell);
        return it with { X = x, Y = y };
    }
}

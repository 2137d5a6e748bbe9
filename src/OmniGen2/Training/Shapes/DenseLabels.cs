namespace OmniGen2.Training.Shapes;

/// <summary>What every token of a picture shows: the object that lies nearest to its centre, if it is near enough, and the background.</summary>
internal static class DenseLabels
{
    /// <summary>Values of shape, colour, pattern, size (0 is no object) and background.</summary>
    public static readonly int[] Classes = [1 + World.Shapes.Count, 1 + World.Colours.Count, 1 + World.Patterns.Count, 1 + World.Sizes.Count, World.Backgrounds.Count];

    /// <summary>Five numbers for every token, row by row.</summary>
    /// <param name="scene">Of the picture.</param>
    /// <param name="side">Tokens along one side.</param>
    public static long[] Of(Scene scene, int side)
    {
        var pitch = (double)Grid.PictureSize / side;
        var labels = new List<long>(side * side * Classes.Length);
        for (var token = 0; token < side * side; token++)
        {
            var (x, y) = ((token % side + .5) * pitch, (token / side + .5) * pitch);
            if (Nearest(scene, x, y, pitch / 2) is { } it)
            {
                labels.AddRange([1 + (int)it.Shape, 1 + (int)it.Colour, 1 + (int)it.Pattern, 1 + (int)it.Size]);
            }
            else
            {
                labels.AddRange([0, 0, 0, 0]);
            }

            labels.Add((int)scene.Background);
        }

        return [.. labels];
    }

    private static SceneObject? Nearest(Scene scene, double x, double y, double half)
    {
        var near = scene.Objects
            .Select(each => (Object: each, Distance: Math.Max(Math.Abs(each.X - x), Math.Abs(each.Y - y))))
            .Where(each => each.Distance < half + (Grid.Radius(each.Object.Size) / 2))
            .ToList();
        return near.Count == 0 ? null : near.MinBy(each => each.Distance).Object;
    }
}

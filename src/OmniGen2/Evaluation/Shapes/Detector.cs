using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>Reads a picture of the shapes world back into its scene: by what differs from the background, decided by re-drawing.</summary>
public static class Detector
{
    private const int Size = Grid.PictureSize;

    // A small star on black, where its outline vanishes, still shows more.
    private const int SmallestObject = 60;

    /// <summary>The scene that the picture shows; its objects stand in reading order.</summary>
    public static Scene Read(RgbImage picture)
    {
        if (picture.Width != Size || picture.Height != Size)
        {
            throw new ModelException($"The detector reads pictures of {Size} × {Size} pixels; this one is {picture.Width} × {picture.Height}. Resize it first.");
        }

        var background = BackgroundReader.Nearest(picture);
        var regions = Regions.Of(Envelope.Of(background).Outside(picture));
        var objects = regions.All.Where(region => region.Count >= SmallestObject).Select(region => Decide(picture, background, regions, region));
        return new Scene(background, [.. objects.OrderBy(each => each.Cell)]);
    }

    private static SceneObject Decide(RgbImage picture, Background background, Regions regions, Region region)
    {
        return Candidates.Of(region).SelectMany(candidate => Around(Coloured(picture, candidate))).MinBy(Error);

        float Error(SceneObject look) => Redraw.PatchError(picture, Backdrop.Of(background), regions, region, look);
    }

    /// <summary>The object and its neighbours a pixel away: the box of a region with a faint edge lies askew.</summary>
    private static IEnumerable<SceneObject> Around(SceneObject look) =>
        from y in Enumerable.Range(look.Y - 1, 3)
        from x in Enumerable.Range(look.X - 1, 3)
        select look with { X = x, Y = y };

    /// <summary>The colour and pattern whose sprite is nearest to the picture inside the shape.</summary>
    private static SceneObject Coloured(RgbImage picture, Candidate candidate)
    {
        var looks =
            from colour in World.Colours
            from pattern in World.Patterns
            select new SceneObject(candidate.Shape, colour, pattern, candidate.Size, candidate.X, candidate.Y);
        return looks.MinBy(look => Redraw.CoreError(picture, look));
    }
}

namespace OmniGen2.Web.Jobs;

/// <summary>What must be equal for pictures to be drawn side by side, so that none waits for another's larger step.</summary>
/// <param name="Width">Of the picture as it is drawn, in pixels.</param>
/// <param name="Height">Likewise.</param>
/// <param name="References">The sizes of the pictures that it is drawn from.</param>
/// <param name="Branches">How often a guided step goes through the layers.</param>
internal sealed record LaneShape(int Width, int Height, string References, int Branches)
{
    private const int MostPixels = 512 * 512;

    /// <summary>Null for what goes alone: no plain picture, a large one, one with a shortcut, or one that a process ended at before.</summary>
    public static LaneShape? Of(Job job, ModelInfo model)
    {
        if (job.HasCrashed || job.Picture is not { Reflection: null, Kind: not History.PictureKind.Step, Generation.Cache: null } picture)
        {
            return null;
        }

        var size = picture.OutputSize(model);
        var branches = (picture.Generation with { Steps = 1, CfgStart = 0, CfgEnd = 1 }).Passes(picture.References.Count);
        return (long)size.GeneratedWidth * size.GeneratedHeight > MostPixels
            ? null
            : new LaneShape(size.GeneratedWidth, size.GeneratedHeight, string.Join(' ', picture.References.Select(x => $"{x.Width}x{x.Height}")), branches);
    }
}

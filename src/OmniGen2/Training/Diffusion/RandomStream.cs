namespace OmniGen2.Training.Diffusion;

/// <summary>Where the indices of each subject begin, so that no two draw the same numbers.</summary>
internal static class RandomStream
{
    public const long Edits = 0;
    public const long Compositions = 1L << 40;
    public const long Captions = 2L << 40;
    public const long Batches = 3L << 40;
    public const long HeldOut = 4L << 40;
    public const long Scenes = 5L << 40;
}

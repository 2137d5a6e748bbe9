using OmniGen2.Imaging;

namespace OmniGen2.Web.History;

/// <summary>A picture as the gallery shows it.</summary>
/// <param name="Picture">Its row.</param>
/// <param name="IsMissing">Somebody took its file away.</param>
/// <param name="TreeSize">How many pictures hang together with it, itself too; 1 when it stands alone, at most <see cref="MostCounted"/>.</param>
public sealed record GalleryCell(PictureRow Picture, bool IsMissing, int TreeSize)
{
    public const int MostCounted = 100;

    /// <summary>What to call it.</summary>
    public string Name => Picture.Prompt.Length > 0 ? Picture.Prompt : "a picture without words";

    /// <summary>How far a picture came that was stopped and kept, as in “17 of 28”.</summary>
    public string? Steps { get; } = Picture.IsPartial && GenerationMetadata.Parse(Picture.Metadata) is var made ? $"{made.StepsDone} of {made.Request.Steps}" : null;
}

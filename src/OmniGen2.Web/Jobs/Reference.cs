using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>A picture of the history that a request draws on. Who asks names it; the rest is filled in when the request is taken.</summary>
public sealed record Reference(Guid Picture)
{
    /// <summary>Of the file, lower-case hex: finds the same picture again should its row be gone.</summary>
    public string Sha256 { get; init; } = "";

    public int Width { get; init; }

    public int Height { get; init; }

    public static Reference To(PictureRow picture) => new(picture.Id) { Sha256 = picture.Sha256, Width = picture.Width, Height = picture.Height };
}

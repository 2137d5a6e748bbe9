namespace OmniGen2.Imaging;

/// <summary>What people, browsers and folders call the formats.</summary>
public static class ImageFormats
{
    public static string Name(this ImageFormat format) => format == ImageFormat.WebP ? "WebP" : format.ToString().ToUpperInvariant();

    public static string MediaType(this ImageFormat format) => $"image/{format.ToString().ToLowerInvariant()}";

    /// <summary>With its dot.</summary>
    public static string Extension(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => ".jpg",
        ImageFormat.WebP => ".webp",
        _ => ".png",
    };
}

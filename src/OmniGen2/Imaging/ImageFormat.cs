namespace OmniGen2.Imaging;

/// <summary>The picture files that are read and written.</summary>
public enum ImageFormat
{
    Png,
    Jpeg,
    WebP,
}

using OmniGen2.Imaging;

namespace OmniGen2.Web.Api;

/// <summary>A kept picture as a file in another format. The mark of an AI picture always goes along.</summary>
internal static class PictureFile
{
    /// <summary>Null for a name that is none.</summary>
    public static ImageFormat? FormatOf(string name) => name.ToLowerInvariant() switch
    {
        "png" => ImageFormat.Png,
        "jpeg" or "jpg" => ImageFormat.Jpeg,
        "webp" => ImageFormat.WebP,
        _ => null,
    };

    /// <param name="file">As it lies in the folder of pictures.</param>
    /// <param name="format">What is wished.</param>
    /// <param name="parameters">Whether prompt, seed and settings go along.</param>
    /// <param name="quality">1 … 100; null: the format's default. Does not concern PNG.</param>
    public static byte[] Convert(byte[] file, ImageFormat format, bool parameters, int? quality = null)
    {
        var metadata = GenerationMetadata.FromPng(file);
        if (format == ImageFormat.Png && parameters && metadata is not null)
        {
            return file;
        }

        // Pictures that people brought have no mark, and do not get one.
        var image = ImageFile.Decode(file);
        var xmp = metadata?.ToXmp(parameters);
        return format switch
        {
            ImageFormat.Jpeg => quality is { } q ? ImageFile.EncodeJpeg(image, q, xmp) : ImageFile.EncodeJpeg(image, xmp: xmp),
            ImageFormat.WebP => quality is { } q ? ImageFile.EncodeWebp(image, q, xmp) : ImageFile.EncodeWebp(image, xmp: xmp),
            _ => ImageFile.EncodePng(image, xmp is null ? null : new Dictionary<string, string> { [XmpPacket.Keyword] = xmp }),
        };
    }
}

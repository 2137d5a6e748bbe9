using System.Buffers.Binary;

namespace OmniGen2.Imaging;

/// <summary>What the first bytes of a picture file say, read without the native decoder so that limits hold before it sees anything.</summary>
/// <param name="Format">By magic bytes; the file's name plays no part.</param>
/// <param name="Width">As stored, before any EXIF orientation.</param>
/// <param name="Height">As stored, before any EXIF orientation.</param>
/// <param name="Animated">More than one frame.</param>
public sealed record ImageHeader(ImageFormat Format, int Width, int Height, bool Animated)
{
    /// <summary>Reads the header of a PNG, JPEG or WebP file; anything else is a <see cref="ModelException"/> that says what it looks like.</summary>
    public static ImageHeader Read(ReadOnlySpan<byte> file, string name = "The picture")
    {
        var format = Sniff(file) ?? throw Unreadable(file, name);
        var header = format switch
        {
            ImageFormat.Png => ReadPng(file),
            ImageFormat.Jpeg => JpegMarkers.ReadHeader(file, name),
            _ => ReadWebP(file),
        };
        return header is { Width: > 0, Height: > 0 } ? header : throw Damaged(format, name);
    }

    /// <summary>The format by magic bytes, or null when it is none that is read here.</summary>
    public static ImageFormat? Sniff(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(PngChunks.Signature))
        {
            return ImageFormat.Png;
        }

        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return ImageFormat.Jpeg;
        }

        return file.StartsWith("RIFF"u8) && file.Length >= 12 && file[8..12].SequenceEqual("WEBP"u8) ? ImageFormat.WebP : null;
    }

    internal static ModelException Damaged(ImageFormat format, string name, Exception? cause = null)
    {
        var message = $"{name} is a {format.Name()} file that is damaged or cut off: download or export it again.";
        return cause is null ? new ModelException(message) : new ModelException(message, cause);
    }

    private static ImageHeader? ReadPng(ReadOnlySpan<byte> file)
    {
        var chunks = new PngChunks(file);
        if (!chunks.Next() || !chunks.Type.SequenceEqual("IHDR"u8) || chunks.Data.Length != 13)
        {
            return null;
        }

        var width = BinaryPrimitives.ReadInt32BigEndian(chunks.Data);
        var height = BinaryPrimitives.ReadInt32BigEndian(chunks.Data[4..]);
        var animated = false;
        while (chunks.Next() && !chunks.Type.SequenceEqual("IDAT"u8))
        {
            animated |= chunks.Type.SequenceEqual("acTL"u8) && chunks.Data.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(chunks.Data) > 1;
        }

        return new ImageHeader(ImageFormat.Png, width, height, animated);
    }

    private static ImageHeader? ReadWebP(ReadOnlySpan<byte> file)
    {
        const int bodyAt = 20; // RIFF, size, WEBP, first chunk's name and size
        if (file.Length < bodyAt + 10)
        {
            return null;
        }

        var body = file[bodyAt..];
        var kind = file[12..16];
        if (kind.SequenceEqual("VP8X"u8))
        {
            var width = (body[4] | body[5] << 8 | body[6] << 16) + 1;
            var height = (body[7] | body[8] << 8 | body[9] << 16) + 1;
            return new ImageHeader(ImageFormat.WebP, width, height, (body[0] & 0x02) != 0);
        }

        if (kind.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
            return new ImageHeader(ImageFormat.WebP, (int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1, false);
        }

        return kind.SequenceEqual("VP8 "u8)
            ? new ImageHeader(
                ImageFormat.WebP,
                BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF,
                false)
            : null;
    }

    private static ModelException Unreadable(ReadOnlySpan<byte> file, string name)
    {
        if (file.IsEmpty)
        {
            return new ModelException($"{name} is an empty file of 0 bytes: choose a PNG, JPEG or WebP picture.");
        }

        if (file.StartsWith("GIF8"u8))
        {
            return new ModelException($"{name} is a GIF, which may be animated: save one frame of it as PNG, JPEG or WebP.");
        }

        var looks = LooksLike(file);
        return new ModelException($"{name} is not a PNG, JPEG or WebP picture{(looks is null ? "" : $" but looks like {looks}")}: convert it to one of these.");
    }

    private static string? LooksLike(ReadOnlySpan<byte> file)
    {
        if (file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8))
        {
            var brand = file[8..12];
            return brand.StartsWith("avi"u8) ? "AVIF" : brand.StartsWith("he"u8) || brand.StartsWith("mif"u8) ? "HEIC" : "a video";
        }

        return file switch
        {
            [(byte)'B', (byte)'M', ..] => "BMP",
            [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "TIFF",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "PDF",
            [(byte)'<', ..] => "SVG or a web page",
            [0xFF, 0x0A, ..] => "JPEG XL",
            _ => null,
        };
    }
}

using System.Text;

namespace OmniGen2.Imaging;

/// <summary>Picture files to pixels and back. Safe from any thread; a file that cannot be read is a <see cref="ModelException"/>, never a crash.</summary>
public static class ImageFile
{
    private const int MaxWebPSide = 16_383;
    private const int MaxJpegSide = 65_535;
    private const int ChunkBytes = 81_920;

    /// <summary>Decodes a PNG, JPEG or WebP file to 8-bit RGB: alpha is dropped, 16 bits lose the lower 8, CMYK becomes RGB, animations are refused.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="limits">Null: <see cref="ImageLimits.Default"/>.</param>
    /// <param name="applyOrientation">Turn the picture upright as its EXIF says.</param>
    /// <param name="name">How the picture is called in error messages.</param>
    public static RgbImage Decode(ReadOnlySpan<byte> file, ImageLimits? limits = null, bool applyOrientation = true, string name = "The picture")
    {
        limits ??= ImageLimits.Default;
        limits.CheckBytes(file.Length, name);
        var header = ImageHeader.Read(file, name);
        limits.CheckSize(header.Width, header.Height, name);
        if (header.Animated)
        {
            throw new ModelException($"{name} is an animated {header.Format.Name()}: save one frame of it as PNG, JPEG or WebP.");
        }

        Vips.Require();
        try
        {
            return DecodeChecked(file, header.Format, limits, applyOrientation, name);
        }
        catch (VipsException fault)
        {
            throw ImageHeader.Damaged(header.Format, name, fault);
        }
    }

    /// <summary>As above, reading no more of the stream than the limit allows.</summary>
    public static RgbImage Decode(Stream stream, ImageLimits? limits = null, bool applyOrientation = true, string name = "The picture")
    {
        limits ??= ImageLimits.Default;
        using var file = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        int read;
        while ((read = stream.Read(chunk)) > 0)
        {
            limits.CheckBytes(file.Length + read, name);
            file.Write(chunk, 0, read);
        }

        return Decode(file.GetBuffer().AsSpan(0, (int)file.Length), limits, applyOrientation, name);
    }

    /// <summary>Collects an upload, stopping as soon as it is larger than the limit.</summary>
    public static async Task<byte[]> ReadAsync(
        Stream stream, ImageLimits? limits = null, string name = "The picture", CancellationToken cancellationToken = default)
    {
        limits ??= ImageLimits.Default;
        using var file = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
        {
            limits.CheckBytes(file.Length + read, name);
            file.Write(chunk, 0, read);
        }

        return file.ToArray();
    }

    /// <summary>Decodes a file on disk; its name appears in every message.</summary>
    public static RgbImage Open(string path, ImageLimits? limits = null, bool applyOrientation = true)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Decode(stream, limits, applyOrientation, $"'{path}'");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The picture '{path}' cannot be opened: {fault.Message}", fault);
        }
    }

    /// <param name="image">Pixels to write.</param>
    /// <param name="texts">Written as iTXt, UTF-8: keyword to text.</param>
    /// <param name="compression">0 … 9; 6 takes three to four times as long as 3 for two percent less.</param>
    public static byte[] EncodePng(RgbImage image, IReadOnlyDictionary<string, string>? texts = null, int compression = 3)
    {
        var png = Save(image, "pngsave_buffer", $"compression={Math.Clamp(compression, 0, 9)}", xmp: null);
        return texts is { Count: > 0 } ? PngMetadata.Write(png, texts) : png;
    }

    /// <param name="image">Pixels to write.</param>
    /// <param name="quality">1 … 100.</param>
    /// <param name="xmp">An XMP packet to carry along (<see cref="XmpPacket"/>).</param>
    public static byte[] EncodeJpeg(RgbImage image, int quality = 90, string? xmp = null)
    {
        CheckSide(image, MaxJpegSide, ImageFormat.Jpeg);
        return Save(image, "jpegsave_buffer", $"Q={Math.Clamp(quality, 1, 100)},optimize_coding=true", xmp);
    }

    /// <param name="image">Pixels to write.</param>
    /// <param name="quality">1 … 100.</param>
    /// <param name="xmp">An XMP packet to carry along (<see cref="XmpPacket"/>).</param>
    /// <param name="effort">0 (fast) … 6 (small).</param>
    public static byte[] EncodeWebp(RgbImage image, int quality = 85, string? xmp = null, int effort = 4)
    {
        CheckSide(image, MaxWebPSide, ImageFormat.WebP);
        return Save(image, "webpsave_buffer", $"Q={Math.Clamp(quality, 1, 100)},effort={Math.Clamp(effort, 0, 6)}", xmp);
    }

    /// <summary>Encodes without metadata; <paramref name="quality"/> does not concern PNG.</summary>
    public static byte[] Encode(RgbImage image, ImageFormat format, int quality = 85) => format switch
    {
        ImageFormat.Jpeg => EncodeJpeg(image, quality),
        ImageFormat.WebP => EncodeWebp(image, quality),
        _ => EncodePng(image),
    };

    private static RgbImage DecodeChecked(ReadOnlySpan<byte> file, ImageFormat format, ImageLimits limits, bool applyOrientation, string name)
    {
        var loader = format switch
        {
            ImageFormat.Png => "pngload_buffer",
            ImageFormat.Jpeg => "jpegload_buffer",
            _ => "webpload_buffer",
        };
        // Sequential: without it pictures above 100 MB are unpacked into a file in /tmp.
        using var operation = new VipsOperation(loader).Input("buffer", file).Options("fail_on=error,access=sequential");
        using var image = operation.RunToImage();
        var (width, height, bands, sample) = (image.Width, image.Height, image.Bands, image.Sample);
        limits.CheckSize(width, height, name); // should the two readers of the header ever disagree
        var orientation = applyOrientation ? image.Header("orientation") : null;
        var cmyk = format == ImageFormat.Jpeg && bands == 4;
        return Orientation.Apply(image.WithSamples(samples => RgbConversion.From(samples, width, height, bands, sample, cmyk)), orientation);
    }

    private static byte[] Save(RgbImage image, string saver, string options, string? xmp)
    {
        Vips.Require();
        using var source = VipsImage.From(image);
        if (xmp is not null)
        {
            source.Attach("xmp-data", Encoding.UTF8.GetBytes(xmp));
        }

        using var operation = new VipsOperation(saver).Input("in", source).Options(xmp is null ? $"{options},strip=true" : options);
        return operation.RunToBytes();
    }

    private static void CheckSide(RgbImage image, int most, ImageFormat format)
    {
        if (image.Width > most || image.Height > most)
        {
            throw new ModelException($"A {format.Name()} file holds at most {most} pixels a side, this picture is {image.Width} × {image.Height}: save it as PNG.");
        }
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using OmniGen2.Imaging;

namespace OmniGen2.Tests.Imaging;

/// <summary>Pictures and picture files that tests make themselves.</summary>
internal static class TestPictures
{
    /// <summary>A smooth picture with an edge: compresses, yet shows any shift or swap.</summary>
    public static RgbImage Gradient(int width, int height)
    {
        var image = new RgbImage(width, height);
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = (i % width, i / width);
            image.Pixels[i * 3] = (byte)(x * 255 / width);
            image.Pixels[i * 3 + 1] = (byte)(y * 255 / height);
            image.Pixels[i * 3 + 2] = (byte)(x > y ? 200 : 40);
        }

        return image;
    }

    /// <summary>A PNG file from raw rows: any bit depth and colour type, and any size in the header.</summary>
    public static byte[] Png(int width, int height, byte bitDepth, byte colourType, byte[][] rows)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (bitDepth, colourType);
        using var file = new MemoryStream();
        file.Write(PngChunks.Signature);
        PngChunks.Write(file, "IHDR"u8, header);
        PngChunks.Write(file, "IDAT"u8, Deflate([.. rows.SelectMany(row => row.Prepend((byte)0))]));
        PngChunks.Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>The file with one more chunk behind its header.</summary>
    public static byte[] WithChunk(byte[] png, ReadOnlySpan<byte> type, byte[] data)
    {
        const int headerEnd = 33;
        using var file = new MemoryStream();
        file.Write(png.AsSpan(0, headerEnd));
        PngChunks.Write(file, type, data);
        file.Write(png.AsSpan(headerEnd));
        return file.ToArray();
    }

    public static byte[] Deflate(byte[] data)
    {
        using var deflated = new MemoryStream();
        using (var writer = new ZLibStream(deflated, CompressionLevel.Fastest))
        {
            writer.Write(data);
        }

        return deflated.ToArray();
    }

    /// <summary>A four-ink JPEG as prepress programs write it.</summary>
    public static unsafe byte[] CmykJpeg(byte cyan, byte magenta, byte yellow, byte black)
    {
        Vips.Require();
        var inks = Enumerable.Repeat((byte[])[cyan, magenta, yellow, black], 16 * 16).SelectMany(ink => ink).ToArray();
        fixed (byte* data = inks)
        {
            using var image = new VipsImage(VipsNative.vips_image_new_from_memory_copy(data, (nuint)inks.Length, 16, 16, 4, 0));
            using var copy = new VipsOperation("copy").Input("in", image).Options("interpretation=cmyk");
            using var cmyk = copy.RunToImage();
            using var save = new VipsOperation("jpegsave_buffer").Input("in", cmyk).Options("Q=100");
            return save.RunToBytes();
        }
    }

    /// <summary>A WebP of two frames.</summary>
    public static byte[] AnimatedWebP()
    {
        Vips.Require();
        using var frames = VipsImage.From(Gradient(16, 32));
        using var save = new VipsOperation("webpsave_buffer").Input("in", frames).Options("page_height=16");
        return save.RunToBytes();
    }
}

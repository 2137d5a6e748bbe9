using System.Buffers.Binary;

namespace OmniGen2.Imaging;

/// <summary>Walks the segments of a JPEG file: its size, and how many scans the decoder would have to make over it.</summary>
internal static class JpegMarkers
{
    // Cameras and editors write 1 or about 10. A file of a few megabytes can hold tens of thousands, each a pass over all pixels.
    private const int MaxScans = 100;

    public static ImageHeader? ReadHeader(ReadOnlySpan<byte> file, string name)
    {
        ImageHeader? header = null;
        var scans = 0;
        var at = 2;
        while (NextMarker(file, ref at) is { } marker && marker != 0xD9)
        {
            if (marker == 0xDA && ++scans > MaxScans)
            {
                throw new ModelException($"{name} is a JPEG of more than {MaxScans} scans, which no camera or editor writes: save it again as a normal JPEG.");
            }

            if (at + 2 > file.Length)
            {
                break;
            }

            var body = file[(at + 2)..];
            if (header is null && IsFrame(marker) && body.Length >= 5)
            {
                header = new ImageHeader(
                    ImageFormat.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(body[3..]), BinaryPrimitives.ReadUInt16BigEndian(body[1..]), false);
            }

            at += BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
        }

        return header;
    }

    /// <summary>Moves behind the next marker that has a body (or ends the picture) and returns it; entropy-coded data is skipped over.</summary>
    private static byte? NextMarker(ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length)
        {
            var found = file[at..].IndexOf((byte)0xFF);
            if (found < 0)
            {
                return null;
            }

            at += found + 1;
            // 00 is an escaped FF, FF is fill, 01 and D0 … D8 stand alone.
            if (at < file.Length && file[at] is not (0x00 or 0x01 or 0xFF or (>= 0xD0 and <= 0xD8)))
            {
                return file[at++];
            }
        }

        return null;
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}

using System.Buffers.Binary;

namespace OmniGen2.Imaging;

/// <summary>Steps through the chunks of a PNG file; ends where the structure does, whatever the bytes are.</summary>
internal ref struct PngChunks(ReadOnlySpan<byte> file)
{
    private readonly ReadOnlySpan<byte> _file = file;
    private int _end = Signature.Length;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Length, type, data and checksum of the current chunk.</summary>
    public ReadOnlySpan<byte> Whole { get; private set; }

    public readonly ReadOnlySpan<byte> Type => Whole[4..8];

    public readonly ReadOnlySpan<byte> Data => Whole[8..^4];

    public readonly bool IsIntact => Crc32.Compute(Whole[4..^4]) == BinaryPrimitives.ReadUInt32BigEndian(Whole[^4..]);

    public bool Next()
    {
        if (_file.Length - _end < 12)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(_file[_end..]);
        if (length > (uint)(_file.Length - _end - 12))
        {
            return false;
        }

        Whole = _file.Slice(_end, (int)length + 12);
        _end += Whole.Length;
        return true;
    }

    public static void Write(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Crc32.Compute(chunk.AsSpan(4, data.Length + 4)));
        file.Write(chunk);
    }
}

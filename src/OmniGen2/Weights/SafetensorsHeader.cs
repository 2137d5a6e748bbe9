using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace OmniGen2.Weights;

/// <summary>
/// The checked table of contents of a safetensors file: eight bytes of length, that much JSON, then the data without gaps.
/// Nothing of the data is touched before every byte range is known to lie inside the file and to belong to one tensor.
/// </summary>
public sealed class SafetensorsHeader
{
    /// <summary>As in the reference implementation of the format; a real header of 1,000 tensors has about 100 kB.</summary>
    public const long MaxLength = 100_000_000;

    private const int LengthBytes = 8;

    private SafetensorsHeader(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        Entries = entries;
        Metadata = metadata;
    }

    /// <summary>In the order of the data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>The free strings under `__metadata__`.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    public static SafetensorsHeader Read(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return Read(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WeightsException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads from an open file; the path is for the messages.</summary>
    public static SafetensorsHeader Read(Microsoft.Win32.SafeHandles.SafeFileHandle file, string path)
    {
        var fileLength = RandomAccess.GetLength(file);
        Span<byte> prefix = stackalloc byte[LengthBytes];
        ReadExactly(file, prefix, 0, path);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxLength)
        {
            throw new WeightsException($"{path} announces a header of {length} bytes, more than the {MaxLength} that the format allows: it is not a safetensors file or it is damaged; download it again.");
        }

        if (length > (ulong)(fileLength - LengthBytes))
        {
            throw new WeightsException($"{path} announces a header of {length} bytes but has only {fileLength} bytes in all: it is truncated; download it again.");
        }

        var json = new byte[length];
        ReadExactly(file, json, LengthBytes, path);
        return Parse(json, LengthBytes + (long)length, fileLength, path);
    }

    private static void ReadExactly(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> buffer, long offset, string path)
    {
        var wanted = buffer.Length;
        while (!buffer.IsEmpty)
        {
            var read = RandomAccess.Read(file, buffer, offset);
            if (read == 0)
            {
                throw new WeightsException($"{path} ends at byte {offset} where {wanted} bytes of the header were expected: it is truncated; download it again.");
            }

            buffer = buffer[read..];
            offset += read;
        }
    }

    private static SafetensorsHeader Parse(byte[] json, long dataStart, long fileLength, string path)
    {
        if (!Utf8.IsValid(json))
        {
            throw new WeightsException($"{path} has a header that is not UTF-8: it is not a safetensors file or it is damaged; download it again.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            var parser = new SafetensorsHeaderParser(path, dataStart, fileLength);
            var entries = parser.Entries(document.RootElement, out var metadata);
            return new SafetensorsHeader(entries, metadata);
        }
        catch (JsonException e)
        {
            throw new WeightsException($"{path} has a header that is not JSON ({e.Message.TrimEnd('.')}): it is not a safetensors file or it is damaged; download it again.", e);
        }
    }
}

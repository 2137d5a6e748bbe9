using System.IO.Compression;
using System.Text;

namespace OmniGen2.Imaging;

/// <summary>The texts inside a PNG file: keyword to text, as tEXt, zTXt and iTXt chunks hold them.</summary>
public static class PngMetadata
{
    /// <summary>Longest text that is read or inflated; the largest workflows that other tools embed are about 2 MB.</summary>
    public const int MaxTextBytes = 4 << 20;

    private const int MaxTotalBytes = 4 * MaxTextBytes;
    private const int MaxTexts = 256;
    private const int MaxKeywordLength = 79;

    /// <summary>
    /// Reads what is intact. Any bytes may be given: chunks with a wrong checksum, an unknown layout or too much text are passed over, and what is no
    /// PNG has no texts. Of texts with the same keyword the first counts.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Read(ReadOnlySpan<byte> png)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!png.StartsWith(PngChunks.Signature))
        {
            return texts;
        }

        var budget = MaxTotalBytes;
        var chunks = new PngChunks(png);
        while (texts.Count < MaxTexts && budget > 0 && chunks.Next())
        {
            var data = chunks.Data;
            if (!IsText(chunks.Type) || data.Length > MaxTextBytes || Keyword(data) is not { } keyword || !chunks.IsIntact)
            {
                continue;
            }

            if (Text(chunks.Type, data[(keyword.Length + 1)..]) is { } text)
            {
                budget -= text.Length;
                texts.TryAdd(keyword, text);
            }
        }

        return texts;
    }

    /// <summary>Returns the file with the texts as iTXt chunks (UTF-8) behind its header; older texts of the same keywords go.</summary>
    public static byte[] Write(ReadOnlySpan<byte> png, IReadOnlyDictionary<string, string> texts)
    {
        if (!png.StartsWith(PngChunks.Signature))
        {
            throw new ArgumentException("Not a PNG file.", nameof(png));
        }

        using var file = new MemoryStream(png.Length + 1024);
        file.Write(PngChunks.Signature);
        var chunks = new PngChunks(png);
        while (chunks.Next())
        {
            var replaced = IsText(chunks.Type) && Keyword(chunks.Data) is { } keyword && texts.ContainsKey(keyword);
            if (!replaced)
            {
                file.Write(chunks.Whole);
            }

            if (chunks.Type.SequenceEqual("IHDR"u8))
            {
                foreach (var (key, text) in texts)
                {
                    PngChunks.Write(file, "iTXt"u8, InternationalText(key, text));
                }
            }
        }

        return file.ToArray();
    }

    private static bool IsText(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("tEXt"u8) || type.SequenceEqual("zTXt"u8) || type.SequenceEqual("iTXt"u8);

    private static string? Keyword(ReadOnlySpan<byte> data)
    {
        var end = data.IndexOf((byte)0);
        return end is > 0 and <= MaxKeywordLength ? Encoding.Latin1.GetString(data[..end]) : null;
    }

    private static string? Text(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (type.SequenceEqual("tEXt"u8))
        {
            return Encoding.Latin1.GetString(data);
        }

        if (type.SequenceEqual("zTXt"u8))
        {
            return data is [0, .. var deflated] && Inflate(deflated) is { } inflated ? Encoding.Latin1.GetString(inflated) : null;
        }

        // Compressed or not, method, language, keyword in that language, text.
        if (data is not [0 or 1, 0, ..])
        {
            return null;
        }

        var rest = data[2..];
        for (var skipped = 0; skipped < 2; skipped++)
        {
            var end = rest.IndexOf((byte)0);
            if (end < 0)
            {
                return null;
            }

            rest = rest[(end + 1)..];
        }

        return data[0] == 0 ? Encoding.UTF8.GetString(rest) : Inflate(rest) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
    }

    private static byte[]? Inflate(ReadOnlySpan<byte> deflated)
    {
        using var source = new ZLibStream(new MemoryStream(deflated.ToArray()), CompressionMode.Decompress);
        using var text = new MemoryStream();
        var chunk = new byte[16_384];
        try
        {
            int read;
            while ((read = source.Read(chunk)) > 0)
            {
                if (text.Length + read > MaxTextBytes)
                {
                    return null;
                }

                text.Write(chunk, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            return null; // a broken text is no text; the picture is still worth having
        }

        return text.ToArray();
    }

    private static byte[] InternationalText(string keyword, string text)
    {
        if (keyword.Length is 0 or > MaxKeywordLength || keyword.Any(c => c is < ' ' or > '~'))
        {
            throw new ArgumentException($"'{keyword}' is not a PNG keyword: 1 to {MaxKeywordLength} printable ASCII characters.", nameof(keyword));
        }

        // Keyword, end, not compressed, method 0, no language, no translated keyword. Zero would end the text, so it cannot be part of it.
        return [.. Encoding.ASCII.GetBytes(keyword), 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal))];
    }
}

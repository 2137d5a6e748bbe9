namespace OmniGen2.Tokenization;

/// <summary>The printable stand-ins for bytes that byte-level vocabularies are written in: a byte that prints is itself, the others follow from U+0100 on.</summary>
internal static class ByteAlphabet
{
    private static readonly char[] Symbols = BuildSymbols();
    private static readonly Dictionary<char, byte> Bytes = Enumerable.Range(0, 256).ToDictionary(b => Symbols[b], b => (byte)b);

    public static char Symbol(byte value) => Symbols[value];

    /// <summary>The bytes that a vocabulary entry stands for, or null when it is not written in this alphabet.</summary>
    public static byte[]? ToBytes(string entry)
    {
        var bytes = new byte[entry.Length];
        for (var i = 0; i < entry.Length; i++)
        {
            if (!Bytes.TryGetValue(entry[i], out bytes[i]))
            {
                return null;
            }
        }

        return bytes;
    }

    private static char[] BuildSymbols()
    {
        var symbols = new char[256];
        var next = '\u0100';
        for (var value = 0; value < 256; value++)
        {
            var prints = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            symbols[value] = prints ? (char)value : next++;
        }

        return symbols;
    }
}

using System.Text;

namespace OmniGen2.Tokenization;

/// <summary>Decodes an answer as it comes. Never gives half a character; all pieces joined are what decoding at once gives.</summary>
/// <param name="tokenizer">Whose ids these are.</param>
/// <param name="skipSpecial">Leaves special tokens out.</param>
/// <param name="removed">A string taken out of the text wherever it stands, also when ordinary tokens spell it: its beginning is held back until it is clear.</param>
public sealed class TextStream(BytePairTokenizer tokenizer, bool skipSpecial = false, string removed = "")
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private string _held = "";

    /// <summary>The text that this id makes certain; often empty.</summary>
    public string Push(int id) => skipSpecial && tokenizer.IsSpecial(id) ? "" : Next(tokenizer.BytesOf(id), flush: false);

    /// <summary>What is left at the end: held-back text, and U+FFFD for a character that never became whole.</summary>
    public string Finish()
    {
        var rest = Next([], flush: true) + _held;
        _held = "";
        return rest;
    }

    private string Next(ReadOnlySpan<byte> bytes, bool flush)
    {
        var chars = new char[_decoder.GetCharCount(bytes, flush)];
        _decoder.GetChars(bytes, chars, flush);
        if (removed.Length == 0)
        {
            return new string(chars);
        }

        return WithoutRemoved(_held + new string(chars));
    }

    private string WithoutRemoved(string text)
    {
        var certain = new StringBuilder();
        var start = 0;
        while (text.IndexOf(removed, start, StringComparison.Ordinal) is var found and >= 0)
        {
            certain.Append(text, start, found - start);
            start = found + removed.Length;
        }

        var rest = text[start..];
        var held = Enumerable.Range(0, Math.Min(removed.Length, rest.Length + 1)).Last(length => rest.EndsWith(removed[..length], StringComparison.Ordinal));
        _held = rest[^held..];
        return certain.Append(rest, 0, rest.Length - held).ToString();
    }
}

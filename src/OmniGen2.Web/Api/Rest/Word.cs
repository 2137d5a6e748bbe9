using System.Diagnostics.CodeAnalysis;

namespace OmniGen2.Web.Api.Rest;

/// <summary>A word of an enumeration in an address, in whatever letters; numbers are none.</summary>
public readonly record struct Word<T>(T Value)
    where T : struct, Enum
{
    [SuppressMessage("Design", "CA1000", Justification = "The framework binds parameters by this method.")]
    public static bool TryParse(string? text, out Word<T> word)
    {
        var isWord = Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase);
        word = isWord ? new Word<T>(Enum.Parse<T>(text!, ignoreCase: true)) : default;
        return isWord;
    }
}

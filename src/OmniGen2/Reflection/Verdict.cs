using System.Text;

namespace OmniGen2.Reflection;

/// <summary>What a judge says about a picture. All of it is text to show or to draw from, never markup and never a command.</summary>
public sealed record Verdict
{
    public const double MaxScore = 25;

    private const int MostCharacters = 600;

    /// <summary>0 … <see cref="MaxScore"/>; null when the judge could not say, and <see cref="Words"/> then say why.</summary>
    public double? Score { get; init; }

    /// <summary>What is wrong, or that nothing is.</summary>
    public required string Words { get; init; }

    /// <summary>An instruction that would mend this picture.</summary>
    public string? Repair { get; init; }

    /// <summary>The request in words that may work better.</summary>
    public string? Rewording { get; init; }

    /// <summary>Read and written by the judge; 0 where it does not say.</summary>
    public int Tokens { get; init; }

    /// <summary>In the currency of the judge's prices; null where it has none.</summary>
    public double? Cost { get; init; }

    public static Verdict Without(string reason) => new() { Words = Plain(reason) };

    /// <summary>One line without control characters, cut where nobody would read on.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length >= MostCharacters)
            {
                plain.Append('…');
                break;
            }

            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune))
            {
                plain.Append(rune);
            }
            else if (plain.Length > 0 && plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain.ToString().Trim();
    }

    /// <summary>The same, and null where nothing is left.</summary>
    public static string? PlainOrNull(string? text) => Plain(text ?? "") is { Length: > 0 } plain ? plain : null;
}

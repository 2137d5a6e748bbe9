using System.Globalization;
using System.Text;

namespace OmniGen2.Tokenization;

/// <summary>Unicode's canonical composition (NFC), which the vocabulary was trained behind.</summary>
internal static class Composition
{
    // Sorting a run of marks takes time quadratic in its length; no script stacks more than a few dozen.
    private const int LongestMarkRun = 1024;

    /// <summary>.NET without ICU leaves text as it is and says nothing.</summary>
    public static void Check()
    {
        if ("e\u0301".Normalize() != "\u00E9")
        {
            throw new ModelException("This process runs without Unicode data (invariant globalization), so prompts with accents would be misread: install libicu and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT.");
        }
    }

    public static string Compose(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        CheckMarks(text);
        return text.Normalize(NormalizationForm.FormC);
    }

    private static void CheckMarks(string text)
    {
        var run = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isMark = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
            run = isMark ? run + 1 : 0;
            if (run > LongestMarkRun)
            {
                throw new ModelException($"The prompt has more than {LongestMarkRun} combining marks in a row, which no writing has: remove them.");
            }
        }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace OmniGen2.Cli.Shell;

/// <summary>Times as people type them: 90m, 1h30m, 45s.</summary>
internal static partial class TimeText
{
    public const string Expected = "a time such as 90m, 1h30m or 45s";

    /// <summary>Null when it is none.</summary>
    public static TimeSpan? Read(string text)
    {
        var match = Parts().Match(text);
        return match.Success && text.Length > 0
            ? TimeSpan.FromHours(Part(match, 1)) + TimeSpan.FromMinutes(Part(match, 2)) + TimeSpan.FromSeconds(Part(match, 3))
            : null;
    }

    private static double Part(Match match, int group) => match.Groups[group].Success ? double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    // Five digits are years of hours; more would not fit a TimeSpan.
    [GeneratedRegex(@"^(?:([0-9]{1,5}(?:\.[0-9]+)?)h)?(?:([0-9]{1,5}(?:\.[0-9]+)?)m)?(?:([0-9]{1,5}(?:\.[0-9]+)?)s)?\z")]
    private static partial Regex Parts();
}

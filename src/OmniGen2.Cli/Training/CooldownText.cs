using System.Globalization;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Training;

/// <summary>The last part of a budget, as a time or as a share: 20m, 25%.</summary>
internal readonly record struct CooldownText(TimeSpan? Time, double Share)
{
    public const string Expected = "a time such as 20m, or a share of the budget such as 25%";

    /// <summary>Null when it is neither.</summary>
    public static CooldownText? Read(string text)
    {
        if (text.EndsWith('%'))
        {
            return CommonOptions.ToDouble(text[..^1]) is { } percent and > 0 and <= 100 ? new CooldownText(null, percent / 100) : null;
        }

        return TimeText.Read(text) is { Ticks: > 0 } time ? new CooldownText(time, 0) : null;
    }

    public TimeSpan Of(TimeSpan budget)
    {
        var time = Time ?? budget * Share;
        return time <= budget
            ? time
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--cooldown {ProgressLine.Duration(time)} is longer than --budget {ProgressLine.Duration(budget)}: it is the last part of it."));
    }
}

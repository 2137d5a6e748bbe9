using System.Globalization;
using OmniGen2.Web.Components.Controls;

namespace OmniGen2.Web.Components.Pages.Queue;

/// <summary>The time that lanes show, from now on, in six parts of a round length.</summary>
/// <param name="Part">Seconds of one part.</param>
public sealed record LaneAxis(double Part)
{
    public const int Parts = 6;

    private static readonly double[] Round = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

    /// <summary>One that reaches so many seconds.</summary>
    public static LaneAxis Reaching(double seconds)
    {
        var part = Round.FirstOrDefault(x => x * Parts >= seconds);
        return new LaneAxis(part > 0 ? part : 3600 * Math.Ceiling(seconds / 3600 / Parts));
    }

    /// <summary>Where a moment stands, as CSS writes it: "38.5%".</summary>
    public string At(double seconds) => $"{(100 * Math.Clamp(seconds / (Part * Parts), 0, 1)).ToString("0.##", CultureInfo.InvariantCulture)}%";

    /// <summary>"2 min" below the begin of a part; "now" at 0.</summary>
    public string Label(int part) => (part, Part) switch
    {
        (0, _) => "now",
        (_, >= 60 and < 3600) => $"{part * Part / 60:0} min",
        (_, < 60) => $"{part * Part:0} s",
        _ => Duration.Text(part * Part),
    };
}

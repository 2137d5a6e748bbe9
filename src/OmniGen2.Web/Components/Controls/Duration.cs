using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Controls;

/// <summary>Seconds as people say them.</summary>
public static class Duration
{
    public static string Text(double seconds) => $"{Number(seconds)} {Unit(seconds)}";

    /// <summary>"58–64 s", or one number where both ends read alike.</summary>
    public static string Text(TimeBand band)
    {
        var (low, high) = (Text(band.Low), Text(band.High));
        return low == high ? low : Unit(band.Low) == Unit(band.High) ? $"{Number(band.Low)}–{high}" : $"{low} – {high}";
    }

    private static string Number(double seconds) => seconds switch
    {
        < 9.95 => $"{Math.Max(seconds, 0.1):0.0}",
        < 90 => $"{seconds:0}",
        < 5400 => $"{seconds / 60:0}",
        _ => $"{seconds / 3600:0.0}",
    };

    private static string Unit(double seconds) => seconds switch
    {
        < 90 => "s",
        < 5400 => "min",
        _ => "h",
    };
}

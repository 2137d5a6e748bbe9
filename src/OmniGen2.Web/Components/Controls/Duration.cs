namespace OmniGen2.Web.Components.Controls;

/// <summary>Seconds as people say them.</summary>
public static class Duration
{
    public static string Text(double seconds) => seconds switch
    {
        < 9.95 => $"{Math.Max(seconds, 0.1):0.0} s",
        < 90 => $"{seconds:0} s",
        < 5400 => $"{seconds / 60:0} min",
        _ => $"{seconds / 3600:0.0} h",
    };
}

using System.Globalization;

namespace OmniGen2.Web.Components.Controls;

/// <summary>Moments as people say them, in the time of the studio's machine.</summary>
public static class When
{
    /// <summary>The time of day; of another day its date instead.</summary>
    public static string Short(DateTimeOffset moment, TimeProvider time)
    {
        var (then, now) = (Local(moment, time), Local(time.GetUtcNow(), time));
        var format = then.Date == now.Date ? "HH:mm" : then.Year == now.Year ? "d MMM" : "d MMM yyyy";
        return then.ToString(format, CultureInfo.InvariantCulture);
    }

    public static string Long(DateTimeOffset moment, TimeProvider time) => Local(moment, time).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Local(DateTimeOffset moment, TimeProvider time) => TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone);
}

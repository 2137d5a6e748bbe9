using System.Globalization;

namespace OmniGen2.Web.History;

/// <summary>after: and before: with a year, a month or a day. The day of after: is in, the day of before: is not.</summary>
internal static class SearchDates
{
    private static readonly string[] Formats = ["yyyy-M-d", "yyyy-M", "yyyy"];

    public static SearchTerm Read(SearchTerm term, string key, string value, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(value, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return SearchValues.Wrong(term, $"a date is a year, a month or a day, as in {key}:2026, {key}:2026-11 or {key}:2026-11-21");
        }

        var start = Start(day, zone);
        // Not after a day is before it.
        return (key == "after") != term.IsNegated ? term with { From = start } : term with { Before = start };
    }

    /// <summary>The first moment of a day. Where clocks skip midnight it does not exist, and the next that does is taken.</summary>
    internal static DateTimeOffset Start(DateTime day, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(day))
        {
            day = day.AddMinutes(30);
        }

        return new DateTimeOffset(day, zone.GetUtcOffset(day));
    }
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>
/// Finds pictures among hundreds of thousands. Words and everything else that can be asked for are tokens of one FTS5 index, whose rows are numbered
/// by time (migration Search). So a search is one expression: counting reads the index alone, and a page begins where its month does.
/// </summary>
public sealed class PictureSearch(IDbContextFactory<HistoryDb> history, TimeProvider time)
{
    internal const string Number = "Number";

    /// <summary>The last moment that a number can hold, in milliseconds since 1970: in the year 2248.</summary>
    internal const long Latest = 1L << 43;

    private const int BitsBelowMillisecond = 20;
    private const int MostLoosenings = 3;

    private static readonly string[] Ratings = ["Not rated", "1 star", "2 stars", "3 stars", "4 stars", "5 stars"];

    /// <summary>Never refuses: what cannot be understood is said in <see cref="SearchQuery.Faults"/>.</summary>
    public SearchQuery Parse(string text)
    {
        using var db = history.CreateDbContext();
        var boards = db.Boards.Where(x => x.DeletedAt == null).Select(x => new { x.Id, x.Name }).AsEnumerable().Select(x => (x.Id, x.Name)).ToList();
        return new SearchParser(boards, time.LocalTimeZone).Parse(text);
    }

    public SearchResult Find(string text, PictureOrder order = PictureOrder.Newest) => Find(Parse(text), order);

    public SearchResult Find(SearchQuery query, PictureOrder order = PictureOrder.Newest)
    {
        var watch = Stopwatch.StartNew();
        using var db = history.CreateDbContext();
        using var index = new SearchIndex(db, query);
        var all = Numbers(query);
        var counter = new SectionCounter(index, query, all);
        var isRating = order == PictureOrder.Rating;
        var parts = (isRating ? ByRating(query, all) : ByMonth(query, index, all)).Select(x => x with { Count = counter.Count(x) });
        var sections = Placed(order == PictureOrder.Oldest ? parts.Reverse() : parts);
        return new SearchResult(query, order, sections, watch.Elapsed) { Listed = isRating ? null : counter.Listed };
    }

    public int Count(SearchQuery query)
    {
        using var db = history.CreateDbContext();
        using var index = new SearchIndex(db, query);
        return index.Count(query.Match, Numbers(query));
    }

    /// <summary>How many pictures, of those that are shown unasked, have a mark.</summary>
    internal int CountMark(string mark) => Count(new SearchQuery([new SearchTerm(mark) { Match = SearchParser.Mark(mark) }]));

    /// <summary>Pictures of a result, in its order; fewer where it ends or has changed meanwhile.</summary>
    public IReadOnlyList<PictureRow> Page(SearchResult result, int start, int count)
    {
        using var db = history.CreateDbContext();
        var numbers = Place(db, result, start, count);
        var rows = db.Pictures.AsNoTracking().Where(x => numbers.Contains(EF.Property<long>(x, Number)));
        return [.. result.Order switch
        {
            PictureOrder.Newest => rows.OrderByDescending(x => EF.Property<long>(x, Number)),
            PictureOrder.Oldest => rows.OrderBy(x => EF.Property<long>(x, Number)),
            _ => rows.OrderByDescending(x => x.Rating).ThenByDescending(x => EF.Property<long>(x, Number)),
        }];
    }

    /// <summary>Like <see cref="Page"/>, the ids alone.</summary>
    public IReadOnlyList<Guid> Ids(SearchResult result, int start, int count)
    {
        using var db = history.CreateDbContext();
        var numbers = Place(db, result, start, count);
        var ids = db.Pictures.Where(x => numbers.Contains(EF.Property<long>(x, Number)))
            .Select(x => new { x.Id, Number = EF.Property<long>(x, Number) }).ToDictionary(x => x.Number, x => x.Id);
        return [.. numbers.Where(ids.ContainsKey).Select(x => ids[x])];
    }

    /// <summary>The terms of a search that found nothing whose absence helps most, the best first.</summary>
    public IReadOnlyList<Loosening> Loosen(SearchQuery query) =>
        [.. query.Terms.Where(x => x.Fault is null || x.Match is not null)
            .Select(x => new Loosening(x, Count(query.Without(x))))
            .Where(x => x.Count > 0)
            .OrderByDescending(x => x.Count)
            .Take(MostLoosenings)];

    private static NumberRange Numbers(SearchQuery query) =>
        new(query.Time.From << BitsBelowMillisecond, (Math.Min(query.Time.Before, Latest - 1) << BitsBelowMillisecond) - 1);

    private static IEnumerable<SearchSection> ByRating(SearchQuery query, NumberRange numbers) =>
        Enumerable.Range(0, Ratings.Length).Reverse().Select(x => new SearchSection(Ratings[x], 0, 0)
        {
            Match = $"({query.Match}) AND {SearchParser.Mark($"rating{x}")}",
            Numbers = numbers,
        });

    /// <summary>The months between the newest and the oldest that match, the newest first; years from the time before the newest sixty.</summary>
    private IEnumerable<SearchSection> ByMonth(SearchQuery query, SearchIndex index, NumberRange numbers)
    {
        const int MostMonths = 60;
        if (index.Ends(query.Match, numbers) is not { } ends)
        {
            yield break;
        }

        var newest = Local(ends.Last);
        var oldest = Local(ends.First);
        var month = new DateTime(newest.Year, newest.Month, 1);
        var last = ends.Last;
        for (var i = 0; last >= ends.First; i++)
        {
            var isYear = i >= MostMonths;
            var begin = isYear ? new DateTime(month.Year, 1, 1) : month;
            var first = Math.Max(ends.First, SearchDates.Start(begin, time.LocalTimeZone).ToUnixTimeMilliseconds() << BitsBelowMillisecond);
            var name = isYear ? "yyyy" : begin.Year == newest.Year ? "MMM" : "MMM yyyy";
            yield return new SearchSection(begin.ToString(name, CultureInfo.InvariantCulture), 0, 0) { Match = query.Match, Numbers = new NumberRange(first, last) };
            (last, month) = (first - 1, begin.AddMonths(-1));
        }
    }

    private DateTimeOffset Local(long number) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(number >> BitsBelowMillisecond), time.LocalTimeZone);

    /// <summary>One after another, without the empty ones.</summary>
    private static List<SearchSection> Placed(IEnumerable<SearchSection> parts)
    {
        var sections = new List<SearchSection>();
        foreach (var part in parts.Where(x => x.Count > 0))
        {
            sections.Add(part with { Start = sections is [.., var last] ? last.Start + last.Count : 0 });
        }

        return sections;
    }

    /// <summary>The numbers of the pictures at these places.</summary>
    private static List<long> Place(HistoryDb db, SearchResult result, int start, int count)
    {
        if (result.Listed is { } listed)
        {
            return [.. (result.Order == PictureOrder.Oldest ? listed : listed.Reverse()).Skip(start).Take(count)];
        }

        using var index = new SearchIndex(db, result.Query);
        var numbers = new List<long>();
        // Neighbouring months have the same match: one statement reads on from where the first of them begins.
        foreach (var same in result.Sections.Where(x => x.Start + x.Count > start && x.Start < start + count).GroupBy(x => x.Match))
        {
            var range = new NumberRange(same.Min(x => x.Numbers.First), same.Max(x => x.Numbers.Last));
            var (begin, end) = (same.First().Start, same.Last().Start + same.Last().Count);
            var skip = Math.Max(0, start - begin);
            numbers.AddRange(index.Numbers(same.Key, range, result.Order == PictureOrder.Oldest, skip, Math.Min(end, start + count) - begin - skip));
        }

        return numbers;
    }
}

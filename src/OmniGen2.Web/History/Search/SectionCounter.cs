namespace OmniGen2.Web.History;

/// <summary>
/// Counts the pictures of sections. Where many match, each count begins in the index where its section does; where few do, or a term has an open end
/// (each count would first merge all words that begin so), it is quicker to list the numbers once.
/// </summary>
internal sealed class SectionCounter
{
    private const int Few = 5000;

    private readonly SearchIndex _index;
    private readonly string _match;

    public SectionCounter(SearchIndex index, SearchQuery query, NumberRange range)
    {
        (_index, _match) = (index, query.Match);
        var isOpen = query.Terms.Any(x => x.IsOpen);
        var listed = index.Numbers(_match, range, oldestFirst: true, take: isOpen ? int.MaxValue : Few);
        Listed = isOpen || listed.Count < Few ? listed : null;
    }

    /// <summary>The numbers of all that match, oldest first; null where they are many.</summary>
    public List<long>? Listed { get; }

    public int Count(SearchSection section) => Listed is null || section.Match != _match
        ? _index.Count(section.Match, section.Numbers)
        : Below(section.Numbers.Last + 1) - Below(section.Numbers.First);

    private int Below(long number) => Listed!.BinarySearch(number) is var at && at < 0 ? ~at : at;
}

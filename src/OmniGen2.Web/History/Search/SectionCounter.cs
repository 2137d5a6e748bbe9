namespace OmniGen2.Web.History;

/// <summary>
/// Counts the pictures of sections. Each count begins in the index where its section does, which is quick unless a term has an open end: then each
/// would first merge all words that begin so, and it is quicker to list the numbers once.
/// </summary>
internal sealed class SectionCounter(SearchIndex index, SearchQuery query)
{
    private readonly Dictionary<string, List<long>> _listed = [];

    public int Count(SearchSection section)
    {
        if (!query.Terms.Any(x => x.IsOpen))
        {
            return index.Count(section.Match, section.Numbers);
        }

        if (!_listed.TryGetValue(section.Match, out var numbers))
        {
            _listed[section.Match] = numbers = index.Numbers(section.Match, new NumberRange(0, long.MaxValue), oldestFirst: true);
        }

        return Below(numbers, section.Numbers.Last + 1) - Below(numbers, section.Numbers.First);
    }

    private static int Below(List<long> numbers, long number) => numbers.BinarySearch(number) is var at && at < 0 ? ~at : at;
}

namespace OmniGen2.Web.History;

/// <summary>What a search found: how much there is and where, not the pictures themselves.</summary>
/// <param name="Query">What was looked for.</param>
/// <param name="Order">In which order places count.</param>
/// <param name="Sections">Months, or ratings, none empty, in order.</param>
/// <param name="Took">Time spent.</param>
public sealed record SearchResult(SearchQuery Query, PictureOrder Order, IReadOnlyList<SearchSection> Sections, TimeSpan Took)
{
    /// <summary>The numbers of all that match, oldest first, where they were listed anyway.</summary>
    internal IReadOnlyList<long>? Listed { get; init; }

    public int Count => Sections is [.., var last] ? last.Start + last.Count : 0;
}

/// <summary>Pictures of a result that follow one another: those of a month, or those of a rating.</summary>
/// <param name="Label">For the scrubber: "Nov", "Nov 2024" or "4 stars".</param>
/// <param name="Start">The place of its first picture.</param>
/// <param name="Count">How many it has, at least one.</param>
public sealed record SearchSection(string Label, int Start, int Count)
{
    /// <summary>The expression of FTS5 that finds them.</summary>
    internal string Match { get; init; } = "";

    /// <summary>The numbers among which they lie.</summary>
    internal NumberRange Numbers { get; init; }
}

/// <summary>Numbers of pictures, both ends within.</summary>
internal readonly record struct NumberRange(long First, long Last);

/// <summary>A term that, left out, would let something be found.</summary>
public sealed record Loosening(SearchTerm Term, int Count);

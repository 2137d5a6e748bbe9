namespace OmniGen2.Web.History;

/// <summary>What somebody looks for: all of its terms at once.</summary>
public sealed record SearchQuery(IReadOnlyList<SearchTerm> Terms)
{
    private const string Made = "made0";

    /// <summary>As it can be typed again.</summary>
    public string Text => string.Join(' ', Terms.Select(x => x.Text));

    /// <summary>Sentences about what could not be understood.</summary>
    public IEnumerable<string> Faults => Terms.Select(x => x.Fault).OfType<string>().Distinct();

    /// <summary>Looks into the trash.</summary>
    public bool IsTrash => Scope == SearchParser.Trashed;

    /// <summary>The whole search as one expression of FTS5. What people bring and what lies in the trash is found only when asked for.</summary>
    public string Match
    {
        get
        {
            var wanted = Terms.Where(x => x is { Match: not null, IsNegated: false }).Select(x => $"({x.Match})");
            var unwanted = Terms.Where(x => x is { Match: not null, IsNegated: true }).Select(x => $"({x.Match})").ToList();
            var all = $"({string.Join(" AND ", wanted.Prepend(SearchParser.Mark(Scope)))})";
            return unwanted.Count == 0 ? all : $"{all} NOT ({string.Join(" OR ", unwanted)})";
        }
    }

    /// <summary>Milliseconds since 1970, the first and the first that is too late.</summary>
    public (long From, long Before) Time =>
        (Terms.Max(x => x.From)?.ToUnixTimeMilliseconds() ?? 0, Terms.Min(x => x.Before)?.ToUnixTimeMilliseconds() ?? PictureSearch.Latest);

    /// <summary>What scripts without spaces must contain, and whether it must.</summary>
    public IEnumerable<(string Text, bool IsNegated)> Contains => Terms.Where(x => x.Contains is not null).Select(x => (x.Contains!, x.IsNegated));

    private string Scope => Terms.FirstOrDefault(x => x is { Scope: not null, IsNegated: false })?.Scope ?? Made;

    public SearchQuery Without(SearchTerm term) => new([.. Terms.Where(x => x != term)]);
}

namespace OmniGen2.Web.History;

/// <summary>One condition of a search.</summary>
/// <param name="Text">As it was typed; a search is its terms' texts with spaces between.</param>
public sealed record SearchTerm(string Text)
{
    /// <summary>What stands before the colon; null for words.</summary>
    public string? Key { get; init; }

    public bool IsNegated { get; init; }

    /// <summary>An expression of FTS5, every word of it a quoted string; null when the condition is not about the index of words.</summary>
    public string? Match { get; init; }

    /// <summary>Stands for every word that begins so.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Only pictures from this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only pictures before this moment.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Text that the words must contain, for scripts without spaces: the index would take a whole sentence for one word.</summary>
    public string? Contains { get; init; }

    /// <summary>Asks for what is hidden otherwise, by the mark that such pictures have.</summary>
    public string? Scope { get; init; }

    /// <summary>Cannot be used as it is, and why: a sentence with the remedy. Such a term leaves everything in.</summary>
    public string? Fault { get; init; }
}

using System.Buffers;

namespace OmniGen2.Tokenization;

/// <summary>A token outside the merges: recognised as a whole before anything else happens to the text.</summary>
internal sealed record AddedToken(int Id, string Content, bool IsSpecial);

/// <summary>Finds added tokens in the trusted runs of a prompt, leftmost first and the longest at each place.</summary>
internal sealed class AddedTokens
{
    private readonly AddedToken[] _longestFirst;
    private readonly SearchValues<string> _contents;
    private readonly Dictionary<string, AddedToken> _byContent;
    private readonly Dictionary<int, AddedToken> _byId;

    public AddedTokens(IReadOnlyCollection<AddedToken> tokens)
    {
        _longestFirst = [.. tokens.OrderByDescending(token => token.Content.Length)];
        _contents = SearchValues.Create([.. tokens.Select(token => token.Content)], StringComparison.Ordinal);
        _byContent = tokens.ToDictionary(token => token.Content);
        _byId = tokens.ToDictionary(token => token.Id);
    }

    public bool IsSpecial(int id) => _byId.TryGetValue(id, out var token) && token.IsSpecial;

    public int? IdOf(string content) => _byContent.TryGetValue(content, out var token) ? token.Id : null;

    public IEnumerable<(int Start, AddedToken Token)> FindIn(string text, IReadOnlyList<(int Start, int End)> runs)
    {
        foreach (var (runStart, end) in runs)
        {
            var start = runStart;
            while (Next(text.AsSpan(start, end - start)) is (var offset, { } token))
            {
                yield return (start + offset, token);
                start += offset + token.Content.Length;
            }
        }
    }

    private (int Offset, AddedToken Token)? Next(ReadOnlySpan<char> run)
    {
        var offset = run.IndexOfAny(_contents);
        if (offset < 0)
        {
            return null;
        }

        foreach (var token in _longestFirst)
        {
            if (run[offset..].StartsWith(token.Content, StringComparison.Ordinal))
            {
                return (offset, token);
            }
        }

        return null;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace OmniGen2.Tokenization;

/// <summary>Remembers the tokens of short pieces. When full it starts over: words come back soon enough, and memory stays bounded.</summary>
internal sealed class PieceCache
{
    private const int Capacity = 16_384;
    private const int LongestPiece = 48;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int[]> _tokens = [];

    public int Count => _tokens.Count;

    public bool TryGet(ReadOnlySpan<char> piece, [NotNullWhen(true)] out int[]? tokens)
    {
        tokens = null;
        if (piece.Length > LongestPiece)
        {
            return false;
        }

        lock (_lock)
        {
            return _tokens.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(piece, out tokens);
        }
    }

    public void Add(ReadOnlySpan<char> piece, ReadOnlySpan<int> tokens)
    {
        if (piece.Length > LongestPiece)
        {
            return;
        }

        lock (_lock)
        {
            if (_tokens.Count >= Capacity)
            {
                _tokens.Clear();
            }

            _tokens[piece.ToString()] = tokens.ToArray();
        }
    }
}

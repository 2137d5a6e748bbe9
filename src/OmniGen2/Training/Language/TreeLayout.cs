using OmniGen2.Imaging;
using OmniGen2.Models.Language;

namespace OmniGen2.Training.Language;

/// <summary>Where the tokens of some trees stand, one tree a row: the trunk, then its branches one after the other, each counting on from the trunk.</summary>
internal sealed class TreeLayout
{
    private readonly IReadOnlyList<ConversationTree> _trees;
    private readonly int _length;
    private readonly int _pad;

    // Of every token: 0 in the trunk and in the padding, else the branch, from 1.
    private readonly int[] _branches;

    /// <param name="trees">One a row.</param>
    /// <param name="length">Tokens of a row.</param>
    /// <param name="config">Of the model.</param>
    /// <param name="pictures">Of all trees, in order.</param>
    public TreeLayout(IReadOnlyList<ConversationTree> trees, int length, QwenConfig config, QwenImage[] pictures)
    {
        (_trees, _length, _pad) = (trees, length, config.ImagePadId);
        Ids = new long[trees.Count * length];
        _branches = new int[Ids.Length];
        Positions = new TokenPositions[trees.Count];
        var picture = 0;
        for (var row = 0; row < trees.Count; row++)
        {
            var own = pictures[picture..(picture += trees[row].Pictures.Count)];
            Positions[row] = Place(row, TokenPositions.Of(new QwenPrompt([.. trees[row].TrunkIds], own), config));
        }
    }

    /// <summary>Row after row; padding is 0.</summary>
    public long[] Ids { get; }

    public TokenPositions[] Positions { get; }

    /// <summary>[row, query, key]: 0 for what a token sees, the trunk and its own branch up to itself, and a given number for the rest.</summary>
    public float[] Mask(float hidden)
    {
        var mask = new float[_trees.Count * _length * _length];
        Array.Fill(mask, hidden);
        for (var row = 0; row < _trees.Count; row++)
        {
            var trunk = _trees[row].Trunk;
            var branch = _branches.AsSpan(row * _length, _length);
            for (var i = 0; i < _length; i++)
            {
                var seen = mask.AsSpan(((row * _length) + i) * _length, i + 1);
                seen[..Math.Min(trunk, i + 1)].Clear();
                for (var j = i; j >= trunk && branch[j] == branch[i]; j--)
                {
                    seen[j] = 0;
                }
            }
        }

        return mask;
    }

    /// <summary>Every token's own embedding, or the next token of the pictures, which lie behind all embeddings.</summary>
    public long[] Sources()
    {
        var sources = new long[Ids.Length];
        var picture = (long)Ids.Length;
        for (var i = 0; i < Ids.Length; i++)
        {
            var hasPictures = _trees[i / _length].Pictures.Count > 0;
            sources[i] = hasPictures && Ids[i] == _pad ? picture++ : i;
        }

        return sources;
    }

    private TokenPositions Place(int row, TokenPositions trunk)
    {
        var (tree, at, next) = (_trees[row], row * _length, trunk.Next);
        var steps = new List<int>();
        foreach (var id in tree.TrunkIds)
        {
            Ids[at++] = id;
        }

        for (var branch = 0; branch < tree.Branches.Count; branch++)
        {
            var own = tree.Branches[branch].Conversation.Ids.AsSpan(tree.Trunk);
            for (var i = 0; i < own.Length; i++, at++)
            {
                (Ids[at], _branches[at]) = (own[i], branch + 1);
                steps.Add(next + i);
            }
        }

        return new TokenPositions([.. trunk.Time, .. steps], [.. trunk.Rows, .. steps], [.. trunk.Columns, .. steps]).PadTo(_length);
    }
}

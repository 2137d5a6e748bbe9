using System.Buffers;

namespace OmniGen2.Tokenization;

/// <summary>Joins the bytes of a piece by the merge of lowest rank, leftmost first, in O(n log n): a piece may be 100,000 letters long.</summary>
internal sealed class BytePairMerges(int[] byteIds, Dictionary<(int Left, int Right), (int Rank, int Id)> merges)
{
    private const int Gone = -1;

    public void Encode(ReadOnlySpan<byte> piece, List<int> output)
    {
        var shared = ArrayPool<int>.Shared.Rent(piece.Length * 3);
        var chain = new Chain(
            shared.AsSpan(0, piece.Length),
            shared.AsSpan(piece.Length, piece.Length),
            shared.AsSpan(piece.Length * 2, piece.Length));
        for (var i = 0; i < piece.Length; i++)
        {
            chain.Ids[i] = byteIds[piece[i]];
            chain.Previous[i] = i - 1;
            chain.Next[i] = i + 1;
        }

        Merge(chain);
        foreach (var id in chain.Ids)
        {
            if (id != Gone)
            {
                output.Add(id);
            }
        }

        ArrayPool<int>.Shared.Return(shared);
    }

    private void Merge(Chain chain)
    {
        var queue = new PriorityQueue<Candidate, (int Rank, int Position)>();
        for (var i = 0; i + 1 < chain.Ids.Length; i++)
        {
            Offer(queue, chain, i);
        }

        while (queue.TryDequeue(out var candidate, out _))
        {
            var (position, left, right, id) = candidate;
            var second = chain.Next[position];
            if (chain.Ids[position] != left || second >= chain.Ids.Length || chain.Ids[second] != right)
            {
                continue; // A neighbour has been merged since.
            }

            chain.Ids[position] = id;
            chain.Ids[second] = Gone;
            chain.Next[position] = chain.Next[second];
            if (chain.Next[position] < chain.Ids.Length)
            {
                chain.Previous[chain.Next[position]] = position;
            }

            Offer(queue, chain, position);
            Offer(queue, chain, chain.Previous[position]);
        }
    }

    private void Offer(PriorityQueue<Candidate, (int Rank, int Position)> queue, Chain chain, int position)
    {
        if (position < 0 || chain.Next[position] >= chain.Ids.Length)
        {
            return;
        }

        var (left, right) = (chain.Ids[position], chain.Ids[chain.Next[position]]);
        if (merges.TryGetValue((left, right), out var merge))
        {
            queue.Enqueue(new Candidate(position, left, right, merge.Id), (merge.Rank, position));
        }
    }

    private readonly record struct Candidate(int Position, int Left, int Right, int Id);

    // A linked list in three arrays; a symbol that was merged into its left neighbour is Gone.
    private readonly ref struct Chain(Span<int> ids, Span<int> previous, Span<int> next)
    {
        public Span<int> Ids { get; } = ids;

        public Span<int> Previous { get; } = previous;

        public Span<int> Next { get; } = next;
    }
}

using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Diffusion;

/// <summary>The samples of some shards that have something in common, counted through; batches are drawn from them at random.</summary>
internal sealed class SampleWindow
{
    private readonly List<(Shard Shard, BucketKey Key, long Count)> _buckets;

    /// <param name="shards">Where to look.</param>
    /// <param name="fits">Which buckets.</param>
    public SampleWindow(IEnumerable<Shard> shards, Func<BucketKey, bool> fits)
    {
        _buckets = [.. shards.SelectMany(s => s.Buckets.Where(b => fits(b.Key)).Select(b => (s, b.Key, b.Count)))];
        Count = _buckets.Sum(b => b.Count);
    }

    public long Count { get; }

    /// <summary>The bucket of a sample drawn at random, so that a bucket is drawn as often as it is full.</summary>
    public BucketKey Pick(SceneRandom random)
    {
        var at = Below(random, Count);
        foreach (var (_, key, count) in _buckets)
        {
            at -= count;
            if (at < 0)
            {
                return key;
            }
        }

        throw new InvalidOperationException("There is nothing to draw from.");
    }

    /// <summary>Different samples, as long as there are enough: rows of each bucket.</summary>
    public IReadOnlyList<(Shard Shard, BucketKey Key, long[] Rows)> Draw(SceneRandom random, int count)
    {
        var picked = new List<long>();
        var left = new HashSet<long>();
        while (picked.Count < count)
        {
            if (left.Count == Count)
            {
                left.Clear();
            }

            var next = Below(random, Count);
            if (left.Add(next))
            {
                picked.Add(next);
            }
        }

        return [.. Split(picked)];
    }

    private IEnumerable<(Shard Shard, BucketKey Key, long[] Rows)> Split(List<long> picked)
    {
        var first = 0L;
        foreach (var (shard, key, count) in _buckets)
        {
            long[] rows = [.. picked.Where(p => p >= first && p < first + count).Select(p => p - first)];
            if (rows.Length > 0)
            {
                yield return (shard, key, rows);
            }

            first += count;
        }
    }

    private static long Below(SceneRandom random, long count) => random.Below(checked((int)count));
}

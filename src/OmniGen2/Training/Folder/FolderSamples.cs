using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Folder;

/// <summary>The samples of all lists, drawn at random: each list as often as its share says, and always some of one bucket together.</summary>
internal sealed class FolderSamples
{
    // Bad pictures and repetitions cost draws; after so many the batch takes what it has.
    private const int DrawsPerSample = 4;

    private const int MostBuckets = 1000;

    private readonly List<Bucket> _buckets;
    private readonly double[] _weights;

    private FolderSamples(List<Bucket> buckets)
    {
        _buckets = buckets;
        _weights = [.. buckets.Select(bucket => bucket.Weights.Sum())];
        Count = buckets.Sum(bucket => bucket.Count);
    }

    public int Count { get; }

    /// <summary>Splits off samples that are never trained on; which ones follows from the seed.</summary>
    public static (FolderSamples Trained, IReadOnlyList<FolderSample> HeldOut) Split(
        IReadOnlyList<(FolderList List, IReadOnlyList<FolderSample> Samples)> lists, int heldOut, SceneRandom random)
    {
        var all = lists.SelectMany(list => list.Samples).ToList();
        if (heldOut >= all.Count)
        {
            throw new ModelException($"data.held_out = {heldOut} leaves nothing to train on: the lists have {all.Count} usable samples.");
        }

        var kept = random.Shuffle(all)[..heldOut].ToHashSet();
        var buckets = (
            from list in lists
            let share = (list.List.Share ?? list.Samples.Count) / list.Samples.Count
            from sample in list.Samples
            where !kept.Contains(sample)
            group (Sample: sample, Share: share, list.List) by sample.Bucket into bucket
            select new Bucket([.. bucket.GroupBy(each => each.List).Select(part => (part.Sum(each => each.Share), part.Select(each => each.Sample).ToArray()))])).ToList();
        return (new FolderSamples(buckets), [.. kept.OrderBy(sample => sample.Number)]);
    }

    /// <summary>Usable samples of one bucket; a bucket of fewer gives some of them several times.</summary>
    public IReadOnlyList<FolderSample> Draw(SceneRandom random, int count, Func<FolderSample, bool> isUsable)
    {
        for (var tries = 0; tries < MostBuckets; tries++)
        {
            var bucket = _buckets[random.Weighted(_weights)];
            var drawn = Enumerable.Range(0, count * DrawsPerSample).Select(_ => bucket.Pick(random)).ToList();
            var usable = drawn.Distinct().Where(isUsable).Take(count).ToList();
            if (usable.Count > 0)
            {
                return [.. Enumerable.Range(0, count).Select(i => usable[i % usable.Count])];
            }
        }

        throw new ModelException($"None of the {Count} samples of the lists can be used; skipped.txt in the training's folder says why.");
    }

    /// <summary>Samples of equal sizes, list by list with what each list weighs here.</summary>
    private sealed class Bucket(IReadOnlyList<(double Weight, FolderSample[] Samples)> lists)
    {
        public double[] Weights { get; } = [.. lists.Select(list => list.Weight)];

        public int Count { get; } = lists.Sum(list => list.Samples.Length);

        public FolderSample Pick(SceneRandom random)
        {
            var samples = lists[random.Weighted(Weights)].Samples;
            return samples[random.Below(samples.Length)];
        }
    }
}

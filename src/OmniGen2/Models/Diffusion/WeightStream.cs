using OmniGen2.Weights;

namespace OmniGen2.Models.Diffusion;

/// <summary>Walks over parts of a network that lie in a mapped file: fetches the next while one is used, lets go of each behind it.</summary>
internal sealed class WeightStream(IReadOnlyList<IReadOnlyList<WeightRegion>> parts, bool enabled)
{
    public void Walk(Action<int> use)
    {
        var streams = enabled || parts.Any(p => p.Any(r => r.Streams));
        for (var i = 0; i < parts.Count; i++)
        {
            if (streams && i + 1 < parts.Count)
            {
                Each(i + 1, region => region.Prefetch());
            }

            use(i);
            if (streams)
            {
                Each(i, region => region.Release());
            }
        }
    }

    private void Each(int part, Action<WeightRegion> act)
    {
        foreach (var region in parts[part])
        {
            act(region);
        }
    }
}

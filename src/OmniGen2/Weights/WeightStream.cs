namespace OmniGen2.Weights;

/// <summary>Walks over parts of a network that lie in a mapped file: fetches the next while one is used, lets go of each behind it. On the CPU the pages are fetched and let go of, else copies on the device.</summary>
/// <param name="parts">In the order of use.</param>
/// <param name="enabled">Mapped weights are let go of even if the source does not say so.</param>
internal sealed class WeightStream(IReadOnlyList<WeightRegion> parts, bool enabled)
{
    public void Walk(Action<int> use)
    {
        if (parts.Count > 0 && parts[0].Stager is { } stager)
        {
            stager.Walk([.. parts.Select(p => p.Staged)], use);
            return;
        }

        var streams = enabled || parts.Any(p => p.Streams);
        for (var i = 0; i < parts.Count; i++)
        {
            if (streams && i + 1 < parts.Count)
            {
                parts[i + 1].Prefetch();
            }

            use(i);
            if (streams)
            {
                parts[i].Release();
            }
        }
    }
}

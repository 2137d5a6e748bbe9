using System.Diagnostics;
using OmniGen2.Sampling;
using TorchSharp;

namespace OmniGen2;

/// <summary>Several pictures a step further in one walk over the weights.</summary>
public sealed partial class OmniGen2Pipeline
{
    public IReadOnlyList<IEnumerator<DenoiseStep>> Prepare(IReadOnlyList<IEnumerator<DenoiseStep>> runs)
    {
        var ready = InRoom([.. runs.OfType<DenoiseLane>().Where(x => x.Run is { CanGoAhead: true })]);
        if (ready.Count < 2)
        {
            return [];
        }

        var begin = Stopwatch.GetTimestamp();
        var open = ready.Select(x => x.Run!).ToList();
        try
        {
            _parts.Enter(ModelPart.Transformer);
            DenoiseRun.GoAhead(open);
            Learn(begin, open);
            return ready;
        }
        catch (TorchOutOfMemoryException)
        {
            // Nothing has changed: each goes on alone, and makes room for itself if it must.
            return [];
        }
    }

    /// <summary>The first of them, as many as fit into memory side by side.</summary>
    private IReadOnlyList<DenoiseLane> InRoom(IReadOnlyList<DenoiseLane> lanes)
    {
        if (lanes.Count == 0)
        {
            return lanes;
        }

        var free = Free;
        var plans = lanes.Select(x => x.Run!.Plan).ToList();
        var need = plans.Max(x => Need(x, _parts.Residency));
        var count = 1;
        while (count < plans.Count && (need += _parts.Footprint.Beside(Pixels(plans[count]) + References(plans[count]).Sum())) <= free)
        {
            count++;
        }

        return [.. lanes.Take(count)];
    }
}

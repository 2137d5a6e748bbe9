using System.Diagnostics;
using OmniGen2.Sampling;
using TorchSharp;

namespace OmniGen2;

/// <summary>Several pictures a step further in one walk over the weights.</summary>
public sealed partial class OmniGen2Pipeline
{
    public int Prepare(IReadOnlyList<IEnumerator<DenoiseStep>> runs)
    {
        var ready = InRoom([.. runs.OfType<DenoiseLane>().Select(x => x.Run).OfType<DenoiseRun>().Where(x => x.CanGoAhead)]);
        if (ready.Count < 2)
        {
            return 0;
        }

        _parts.Enter(ModelPart.Transformer);
        var begin = Stopwatch.GetTimestamp();
        try
        {
            DenoiseRun.GoAhead(ready);
            Learn(begin, ready);
            return ready.Count;
        }
        catch (TorchOutOfMemoryException)
        {
            // Nothing has changed: each goes on alone, and makes room for itself if it must.
            return 0;
        }
    }

    /// <summary>The first of them, as many as fit into memory side by side.</summary>
    private IReadOnlyList<DenoiseRun> InRoom(IReadOnlyList<DenoiseRun> runs)
    {
        if (runs.Count == 0)
        {
            return runs;
        }

        var free = Free;
        var need = runs.Max(x => Need(x.Plan, _parts.Residency));
        return [.. runs.TakeWhile((x, i) => i == 0 || (need += _parts.Footprint.Beside(Pixels(x.Plan) + References(x.Plan).Sum())) <= free)];
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>
/// Whether steps are recorded as graphs, for all networks of a checkpoint: on a GPU where it is wanted, while the weights stay where they are,
/// until something turns out not to be recordable.
/// </summary>
/// <param name="device">Where the networks run.</param>
/// <param name="use">What the operator wants.</param>
/// <param name="tell">Hears, once, why nothing is recorded any more.</param>
public sealed class GraphPolicy(Device device, GraphUse use = GraphUse.Auto, Action<string>? tell = null)
{
    private bool _weightsStay = true;
    private bool _hasFailed;

    public bool IsOn => use == GraphUse.Auto && _weightsStay && !_hasFailed && (IsAnywhere || device.type == DeviceType.CUDA);

    /// <summary>For tests: on the CPU too, where a stand-in takes the place of recordings.</summary>
    internal bool IsAnywhere { get; init; }

    /// <summary>Another number whenever weights may have moved: what was recorded before reads where they were.</summary>
    internal int Epoch { get; private set; }

    /// <summary>How many steps have been recorded, in all.</summary>
    internal int Recordings { get; private set; }

    /// <summary>To be called before weights move.</summary>
    /// <param name="weightsStay">Whether all of them stay in memory from then on.</param>
    internal void Settle(bool weightsStay)
    {
        _weightsStay = weightsStay;
        Epoch++;
    }

    /// <summary>Records a step; null when that cannot be, and then nothing is recorded any more.</summary>
    internal CudaGraph? Record(Func<IReadOnlyList<Tensor>> step)
    {
        try
        {
            var graph = CudaGraph.Record(device, step);
            Recordings++;
            return graph;
        }
        catch (GraphCaptureException fault)
        {
            GiveUp(fault);
            return null;
        }
    }

    private void GiveUp(GraphCaptureException fault)
    {
        _hasFailed = true;
        tell?.Invoke($"Answers and small pictures go on without CUDA graphs, which would make them faster. {fault.Message}");
    }
}

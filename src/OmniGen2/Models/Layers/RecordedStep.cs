using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>A step on tensors that stay where they are: plain at first, which makes the libraries ready, then recorded, and launched as a whole from then on.</summary>
/// <param name="policy">Whether to record at all.</param>
/// <param name="step">What is recorded; see <see cref="CudaGraph"/> for what it must not do.</param>
internal sealed class RecordedStep(GraphPolicy policy, Func<IReadOnlyList<Tensor>> step) : IDisposable
{
    private CudaGraph? _graph;
    private int? _epoch;   // of the plain run

    /// <summary>Results that are the caller's, in the current scope.</summary>
    /// <param name="goesOn">Whether there will be another run: else recording is not worth its time.</param>
    public IReadOnlyList<Tensor> Run(bool goesOn = true)
    {
        if (!policy.IsOn || _epoch != policy.Epoch)
        {
            Dispose();
            _epoch = policy.Epoch;
            return step();
        }

        _graph ??= goesOn ? policy.Record(step) : null;
        if (_graph is null)
        {
            return step();
        }

        _graph.Replay();
        return [.. _graph.Outputs.Select(o => o.clone())];
    }

    public void Dispose()
    {
        _graph?.Dispose();
        _graph = null;
    }
}

using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Work of a GPU that is recorded once and launched as a whole: thousands of small operators cost one call. What it reads and writes stays where it was:
/// inputs are changed in place before a replay, outputs are overwritten by the next one.
/// <para>
/// While work is recorded nothing of it runs, so it must not look at results (<c>item</c>, <c>cpu</c>), take numbers from the machine's memory
/// (<c>tensor</c> of an array), or depend on anything that changes but the contents of its tensors. It must have run once before, for libraries make themselves ready then.
/// </para>
/// <para>Elsewhere than on a GPU a stand-in with the same contract runs the work anew at every replay.</para>
/// </summary>
public sealed class CudaGraph : IDisposable
{
    private Func<IReadOnlyList<Tensor>>? _again;   // the stand-in's
    private nint _handle;

    private CudaGraph(nint handle, Func<IReadOnlyList<Tensor>>? again, IReadOnlyList<Tensor> outputs)
    {
        _handle = handle;
        _again = again;
        Outputs = outputs;
    }

    ~CudaGraph() => Free();

    /// <summary>What the work returned, outside of all scopes; nothing meaningful before the first replay.</summary>
    public IReadOnlyList<Tensor> Outputs { get; }

    /// <param name="device">Where the work runs.</param>
    /// <param name="work">Returns tensors that it made; called here, and by the stand-in at every replay.</param>
    /// <exception cref="GraphCaptureException">The work cannot be recorded, or there is no memory for a recording, or this build has no graphs.</exception>
    public static CudaGraph Record(Device device, Func<IReadOnlyList<Tensor>> work) => device.type == DeviceType.CUDA ? OnGpu(device, work) : StandIn(work);

    /// <summary>Runs the work once; on a GPU in the order of this thread's stream, without waiting for it.</summary>
    public void Replay()
    {
        ObjectDisposedException.ThrowIf(_handle == 0 && _again is null, this);
        if (_again is null)
        {
            Fault.Check(Native.ts_graph_replay(_handle));
            return;
        }

        using var scope = NewDisposeScope();
        foreach (var (output, result) in Outputs.Zip(_again()))
        {
            output.copy_(result);
        }
    }

    public void Dispose()
    {
        foreach (var output in Outputs)
        {
            output.Dispose();
        }

        _again = null;
        Free();
        GC.SuppressFinalize(this);
    }

    private static CudaGraph OnGpu(Device device, Func<IReadOnlyList<Tensor>> work)
    {
        var handle = Native.ts_graph_begin(Math.Max(0, device.index));
        if (handle == 0)
        {
            throw Refused(Fault.Last());
        }

        IReadOnlyList<Tensor> outputs;
        try
        {
            outputs = Keep(work);
        }
        catch (Exception fault)
        {
            Fault.Check(Native.ts_graph_abandon(handle, out var refused));
            Native.ts_graph_free(handle);

            // A recording takes memory of its own: without it there is enough for the work itself.
            if (refused || fault is TorchOutOfMemoryException || (fault is TorchException && fault.Message.Contains("captur", StringComparison.OrdinalIgnoreCase)))
            {
                throw Refused(fault);
            }

            throw;
        }

        var graph = new CudaGraph(handle, null, outputs);
        if (Native.ts_graph_end(handle) != 0)
        {
            var fault = Fault.Last();
            graph.Dispose();
            throw Refused(fault);
        }

        return graph;
    }

    private static CudaGraph StandIn(Func<IReadOnlyList<Tensor>> work)
    {
        var outputs = Keep(work);

        // As on a GPU: whoever reads before the first replay shall see it.
        foreach (var output in outputs.Where(o => o.is_floating_point()))
        {
            output.fill_(double.NaN);
        }

        return new CudaGraph(0, work, outputs);
    }

    private static IReadOnlyList<Tensor> Keep(Func<IReadOnlyList<Tensor>> work)
    {
        using var scope = NewDisposeScope();
        return [.. work().Select(t => t.DetachFromDisposeScope())];
    }

    private static GraphCaptureException Refused(Exception fault) => new($"The work could not be recorded as a CUDA graph: {fault.Message}", fault);

    private void Free()
    {
        var handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0)
        {
            Native.ts_graph_free(handle);
        }
    }
}

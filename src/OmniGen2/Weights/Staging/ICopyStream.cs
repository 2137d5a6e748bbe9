using static TorchSharp.torch;

namespace OmniGen2.Weights.Staging;

/// <summary>Copies from this machine's memory to a device that go on while the device computes, and the memory on both sides of them.</summary>
internal interface ICopyStream : IDisposable
{
    /// <summary>Memory on the device, not cleared.</summary>
    /// <param name="count">Numbers.</param>
    /// <param name="dtype">Their type.</param>
    Tensor DeviceBuffer(long count, ScalarType dtype);

    /// <summary>Memory of this machine that copies are made from, not cleared.</summary>
    Tensor HostBuffer(long count, ScalarType dtype);

    /// <summary>Begins a copy behind those begun before. Neither side may be written to before a mark behind it is reached.</summary>
    void Copy(Tensor from, Tensor to);

    /// <summary>Behind all copies begun so far.</summary>
    IStreamMark MarkCopies();

    /// <summary>Behind all that this thread has given the device to compute so far.</summary>
    IStreamMark MarkCompute();
}

using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The weights of a linear layer in a byte each, with one scale for each output.</summary>
public abstract class PackedWeight : IDisposable
{
    /// <summary>Memory that this takes.</summary>
    public abstract long Bytes { get; }

    /// <summary>x · Wᵀ + b, in the type of x, without gradients.</summary>
    /// <param name="x">[.., in].</param>
    /// <param name="bias">[out], or none.</param>
    /// <returns>[.., out].</returns>
    public abstract Tensor Linear(Tensor x, Tensor? bias = null);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

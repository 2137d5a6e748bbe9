using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>Keeps a GPU from computing fp32 in TF32, which has 10 bits of fraction and would differ from everything recorded.</summary>
internal sealed class FullPrecision : IDisposable
{
    private readonly bool _products = backends.cuda.matmul.allow_tf32;
    private readonly bool _convolutions = backends.cudnn.allow_tf32;

    public FullPrecision()
    {
        (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (false, false);
    }

    public void Dispose() => (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (_products, _convolutions);
}

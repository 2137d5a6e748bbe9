using static TorchSharp.torch;

namespace OmniGen2.Schedulers;

internal static class Wide
{
    /// <summary>fp32 for everything below it.</summary>
    public static Tensor Of(Tensor x) => x.dtype == ScalarType.Float64 ? x : x.to(ScalarType.Float32);
}

using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2;

/// <summary>The numbers that the networks compute in.</summary>
public enum ModelPrecision
{
    /// <summary>fp32 for a small checkpoint on the CPU, where it is exact and no slower; bf16 otherwise.</summary>
    Auto,
    Float32,
    BFloat16,
}

public static class ModelPrecisions
{
    /// <summary>Up to this size a transformer on the CPU runs in fp32 unless somebody says otherwise.</summary>
    private const long SmallTransformer = 512L << 20;

    /// <summary>The type to compute in.</summary>
    /// <param name="wanted">What somebody chose.</param>
    /// <param name="device">Where.</param>
    /// <param name="transformerBytes">Length of the transformer's files.</param>
    public static ScalarType On(this ModelPrecision wanted, Device device, long transformerBytes) => wanted switch
    {
        ModelPrecision.Float32 => ScalarType.Float32,
        ModelPrecision.BFloat16 => ScalarType.BFloat16,
        _ => device.type == DeviceType.CPU && transformerBytes < SmallTransformer ? ScalarType.Float32 : ScalarType.BFloat16,
    };
}

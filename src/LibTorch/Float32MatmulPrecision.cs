namespace TorchSharp;

/// <summary>How exact products in fp32 have to be.</summary>
public enum Float32MatmulPrecision
{
    highest,
    high,
    medium,
}

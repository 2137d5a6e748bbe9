using static TorchSharp.torch;

namespace OmniGen2.Tests;

/// <summary>Recorded tensors as tensors, and comparisons with them.</summary>
internal static class GoldenTorch
{
    public static Tensor Tensor(this GoldenTensors golden, string name) => tensor(golden.Floats(name), golden.Shape(name));

    /// <summary>Within a part of the largest magnitude of the recorded tensor.</summary>
    public static void AssertClose(this GoldenTensors golden, string name, Tensor actual, double tolerance) =>
        golden.AssertWithin(name, actual, tolerance * golden.Floats(name).Max(Math.Abs));

    public static void AssertWithin(this GoldenTensors golden, string name, Tensor actual, double tolerance)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(golden.Shape(name), actual.shape);
        GoldenAssert.Close(golden.Floats(name), actual.to_type(ScalarType.Float32).cpu().contiguous().data<float>().ToArray(), tolerance);
    }
}

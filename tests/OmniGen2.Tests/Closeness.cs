using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests;

/// <summary>Compares tensors with recorded values.</summary>
internal static class Closeness
{
    public static float[] Floats(this Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return tensor.detach().to_type(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>Largest difference, as a part of the recorded tensor's largest magnitude.</summary>
    public static void Near(float[] expected, float[] actual, double tolerance, string name)
    {
        Assert.True(expected.Length == actual.Length, $"{name} has {actual.Length} values, recorded are {expected.Length}.");
        var largest = expected.Max(Math.Abs);
        var worst = expected.Zip(actual, (e, a) => Math.Abs((double)e - a)).Max();
        Assert.True(worst <= tolerance * largest, $"{name} is off by {worst:G4}, allowed are {tolerance:G2} of {largest:G4}.");
    }

    public static double Cosine(float[] a, float[] b)
    {
        var (dot, aa, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            dot += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }

        return dot / Math.Sqrt(aa * bb);
    }
}

namespace LibTorch.Tests;

/// <summary>Compares tensors with numbers written by hand.</summary>
internal static class Check
{
    public static void Same(Tensor actual, params double[] expected) => Near(actual, 0, expected);

    public static void Near(Tensor actual, double tolerance, params double[] expected)
    {
        var values = actual.to(ScalarType.Float64).data<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                expected[i].Equals(values[i]) || Math.Abs(expected[i] - values[i]) <= tolerance,
                $"element {i}: expected {expected[i]}, got {values[i]} in [{string.Join(", ", values)}]");
        }
    }

    public static void Near(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        var difference = (expected.to(ScalarType.Float64) - actual.to(ScalarType.Float64)).abs().max().ToDouble();
        Assert.True(difference <= tolerance, $"largest difference {difference}, allowed {tolerance}");
    }

    public static void Shape(Tensor actual, params long[] expected) => Assert.Equal(expected, actual.shape);
}

namespace OmniGen2.Tests;

/// <summary>Comparisons with recorded tensors that say where and by how much they fail.</summary>
internal static class GoldenAssert
{
    public static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string name = "value")
    {
        Assert.Equal(expected.Length, actual.Length);
        var worst = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.False(float.IsNaN(actual[i]), $"{name}[{i}] is not a number, expected {expected[i]}.");
            if (Math.Abs(expected[i] - actual[i]) > Math.Abs(expected[worst] - actual[worst]))
            {
                worst = i;
            }
        }

        if (expected.Length > 0)
        {
            var difference = Math.Abs((double)expected[worst] - actual[worst]);
            Assert.True(difference <= tolerance, $"{name}[{worst}] is {actual[worst]}, expected {expected[worst]}: off by {difference:g3}, allowed {tolerance:g3}.");
        }
    }
}

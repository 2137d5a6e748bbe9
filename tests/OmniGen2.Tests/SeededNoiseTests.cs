using static TorchSharp.torch;

namespace OmniGen2.Tests;

public sealed class SeededNoiseTests
{
    private const string File = "tiny-omnigen2-runs/seeded_noise.safetensors";

    public static TheoryData<string> Names => [.. GoldenTensors.Open(File).Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_seed_draws_the_very_numbers_that_it_draws_in_the_original(string name)
    {
        var golden = GoldenTensors.Open(File);
        var seed = ulong.Parse(name.Split('.')[0]["seed".Length..], System.Globalization.CultureInfo.InvariantCulture);
        var type = golden.DType(name) == "BF16" ? ScalarType.BFloat16 : ScalarType.Float32;
        using var scope = NewDisposeScope();
        var drawn = randn(golden.Shape(name), dtype: type, generator: new Generator(seed));
        Assert.Equal(type, drawn.dtype);
        Assert.Equal(golden.Floats(name), drawn.to(ScalarType.Float32).data<float>().ToArray());
    }
}

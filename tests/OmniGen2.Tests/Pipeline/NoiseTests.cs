using System.Globalization;
using System.Text.RegularExpressions;
using OmniGen2.Sampling;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Pipeline;

public class NoiseTests
{
    private const string File = "tiny-omnigen2-runs/seeded_noise.safetensors";

    public static TheoryData<string> Drawn => [.. GoldenTensors.Open(File).Names];

    [Theory]
    [MemberData(nameof(Drawn))]
    public void A_seed_draws_what_the_original_drew(string name)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenTensors.Open(File);
        var shape = golden.Shape(name);
        var seed = long.Parse(Regex.Match(name, @"^seed(\d+)\.").Groups[1].Value, CultureInfo.InvariantCulture);
        var precision = name.EndsWith(".bf16", StringComparison.Ordinal) ? ScalarType.BFloat16 : ScalarType.Float32;

        var pictures = Enumerable.Range(0, (int)shape[0])
            .Select(k => Noise.Starting(new GenerationRequest { Prompt = "", Seed = seed, BatchIndex = k }, shape[1], shape[2], shape[3], precision));
        Assert.Equal(golden.Floats(name), pictures.SelectMany(p => p.data<float>().ToArray()));
    }

    [Fact]
    public void References_get_other_noise_than_the_picture_starts_from()
    {
        using var scope = NewDisposeScope();
        var request = new GenerationRequest { Prompt = "", Seed = 3 };
        using var generator = Noise.Posterior(request);
        var reference = randn([1, 16, 4, 4], generator: generator);
        Assert.NotEqual(reference.data<float>().ToArray(), Noise.Starting(request, 16, 4, 4, ScalarType.Float32).data<float>().ToArray());
    }

    [Fact]
    public void Largest_seed_draws()
    {
        using var scope = NewDisposeScope();
        var noise = Noise.Starting(new GenerationRequest { Prompt = "", Seed = long.MaxValue }, 16, 4, 4, ScalarType.Float32);
        Assert.InRange(noise.std().item<float>(), 0.8f, 1.2f);
    }
}

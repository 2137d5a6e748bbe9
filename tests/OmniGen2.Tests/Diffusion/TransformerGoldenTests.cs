using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Diffusion;

public class TransformerGoldenTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData("dit-tiny/case1_t2i.safetensors")]
    [InlineData("dit-tiny/case2_one_ref.safetensors")]
    [InlineData("dit-tiny/case3_two_refs.safetensors")]
    [InlineData("dit-tiny/case4_batch_mixed.safetensors")]
    [InlineData("dit-tiny/case5_batch_some_without_ref.safetensors")]
    public void Every_intermediate_result_is_that_of_the_original(string path)
    {
        using var scope = torch.NewDisposeScope();
        new GoldenRun(new GoldenCase(path), TinyTransformer.Load(), Tolerance).CompareAll();
    }

    [Theory]
    [InlineData("dit-tiny/case1_t2i.safetensors")]
    [InlineData("dit-tiny/case3_two_refs.safetensors")]
    public void Last_layer_computes_noise_tokens_only_and_the_velocity_stays_the_same(string path)
    {
        using var scope = torch.NewDisposeScope();
        var golden = new GoldenCase(path);
        var velocity = TinyTransformer.Load().Forward(golden.Latent(), golden.Timestep(), golden.Text(), golden.References());
        Closeness.Near(golden.File.Floats("out.s0.output"), velocity.Floats(), Tolerance, "output");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Timesteps_at_both_ends_are_those_of_the_original(int index)
    {
        using var scope = torch.NewDisposeScope();
        var golden = new GoldenCase("dit-tiny/case6_timesteps.safetensors");
        var seen = new Dictionary<string, float[]>();
        TinyTransformer.Load().Forward(golden.Latent(), golden.Read($"input.t{index}.timestep"), golden.Text(), [], (name, t) => seen[name] = t.Floats());
        foreach (var name in (string[])["time_proj", "temb", "output"])
        {
            Closeness.Near(golden.File.Floats($"out.t{index}.{name}"), seen[name], Tolerance, name);
        }
    }

    [Fact]
    public void Sixteen_bits_stay_close_to_the_original()
    {
        using var scope = torch.NewDisposeScope();
        var golden = new GoldenCase("dit-tiny/case2_one_ref.safetensors");
        var t = golden.Timestep().to_type(ScalarType.BFloat16);
        var velocity = TinyTransformer.Load(ScalarType.BFloat16).Forward(golden.Latent(), t, golden.Text(), golden.References());
        var recorded = GoldenTensors.Open("dit-tiny/case2_one_ref_bf16.safetensors").Floats("out.s0.output");
        Assert.InRange(Closeness.Cosine(golden.File.Floats("out.s0.output"), velocity.Floats()), 0.9995, 1.0001);
        Assert.InRange(Closeness.Cosine(recorded, velocity.Floats()), 0.9995, 1.0001);
    }
}

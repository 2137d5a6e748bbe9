using OmniGen2.Models.Diffusion;
using OmniGen2.Weights;
using TorchSharp;

namespace OmniGen2.Tests.Diffusion;

public class LoraGoldenTests
{
    private readonly GoldenCase _golden = new("lora/case2_one_ref_lora.safetensors");

    [Theory]
    [InlineData(0, "output_base")]
    [InlineData(1, "output_lora_scale_1")]
    [InlineData(1, "output_fused_scale_1")]
    [InlineData(0.5, "output_fused_scale_0_5")]
    public void Low_rank_change_has_the_effect_it_has_in_the_original(double scale, string output)
    {
        using var scope = torch.NewDisposeScope();
        using var source = SafetensorsSource.Open(GoldenFile.Path(TinyTransformer.WeightsFile));
        var lora = LoraFile.Load(GoldenFile.Path("lora/pytorch_lora_weights.safetensors"));
        var changed = source.WithLora(lora, scale);
        var model = changed.Build(w => new OmniGen2Transformer(TinyTransformer.Config, w));
        var velocity = model.Forward(_golden.Latent(), _golden.Timestep(), _golden.Text(), _golden.References());
        Closeness.Near(_golden.File.Floats($"out.s0.{output}"), velocity.Floats(), 1e-5, output);
        if (scale == 1)
        {
            const string name = "layers.0.attn.to_q.weight";
            Closeness.Near(_golden.File.Floats("out.fused_weight.layers.0.attn.to_q"), changed.Parameters[name].Floats(), 1e-6, name);
        }
    }
}

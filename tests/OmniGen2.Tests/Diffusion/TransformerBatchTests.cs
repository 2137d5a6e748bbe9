using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Diffusion;

public sealed class TransformerBatchTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly GoldenCase _golden = new("dit-tiny/case3_two_refs.safetensors");

    [Fact]
    public void Samples_of_the_same_sizes_can_share_one_run()
    {
        var model = TinyTransformer.Load();
        Tensor[] latents = [_golden.Latent(), _golden.Latent() * 0.5];
        Tensor[] texts = [_golden.Text(), _golden.Text().flip(1)];
        Tensor[] references = [_golden.References()[0], _golden.References()[0] * -1];
        Tensor[] times = [_golden.Timestep(), _golden.Timestep() * 0.25];
        var together = model.Forward(torch.cat(latents), torch.cat(times), torch.cat(texts), [torch.cat(references)]);
        for (var i = 0; i < 2; i++)
        {
            var alone = model.Forward(latents[i], times[i], texts[i], [references[i]]);
            Closeness.Near(alone.Floats(), together.narrow(0, i, 1).Floats(), 1e-5, $"sample {i}");
        }
    }

    [Fact]
    public void Prompt_may_be_longer_than_the_tables_of_the_original()
    {
        var text = torch.cat([.. Enumerable.Repeat(_golden.Text(), 110)], 1);   // 1210 tokens
        var velocity = TinyTransformer.Load().Forward(_golden.Latent(), _golden.Timestep(), text, _golden.References()).Floats();
        Assert.All(velocity, v => Assert.True(float.IsFinite(v)));
        Assert.True(velocity.Max(Math.Abs) > 0.1);
    }

    public void Dispose() => _scope.Dispose();
}

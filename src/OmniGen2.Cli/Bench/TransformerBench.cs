using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Vae;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>One pass of the diffusion transformer over a text and a picture's noise.</summary>
internal static class TransformerBench
{
    public const string Seconds = "transformer_forward_seconds";

    public const string Tokens = "transformer_tokens";

    private const int TextTokens = 100;

    public static Samples Measure(BenchSettings settings)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var folder = Path.Combine(settings.Model, "transformer");
        var config = TransformerConfig.Load(CheckpointFolder.Config(folder));
        using var source = SafetensorsSource.Open(folder, new SafetensorsOptions { DType = settings.DType, Device = settings.Device, Blocks = settings.Weights });
        var model = source.Build(weights => new OmniGen2Transformer(config, weights, settings.IsStreamed));
        var side = settings.Size / AutoencoderKL.Scale;
        var latent = randn([1, config.InChannels, side, side]).to_type(settings.DType).to(settings.Device);
        var text = randn([1, TextTokens, config.TextFeatDim]).to_type(settings.DType).to(settings.Device);
        var time = full([1], 0.5, dtype: settings.DType, device: settings.Device);

        var samples = new Samples();
        samples.Add(Tokens, TextTokens + (side / config.PatchSize * (side / config.PatchSize)));
        samples.Time(Seconds, settings, () => model.Forward(latent, time, text, []).Dispose());
        samples.AddPeakMemory();
        return samples;
    }
}

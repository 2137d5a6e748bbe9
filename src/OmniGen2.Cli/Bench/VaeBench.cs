using OmniGen2.Models.Vae;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>A picture through the autoencoder, in and out.</summary>
internal static class VaeBench
{
    public const string EncodeSeconds = "vae_encode_seconds";

    public const string DecodeSeconds = "vae_decode_seconds";

    public static Samples Measure(BenchSettings settings)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var folder = Path.Combine(settings.Model, "vae");
        var config = VaeConfig.Load(CheckpointFolder.Config(folder));
        using var source = SafetensorsSource.Open(folder, new SafetensorsOptions { DType = settings.DType, Device = settings.Device });
        var model = source.Build(weights => new AutoencoderKL(weights, config));
        var side = settings.Size / AutoencoderKL.Scale;
        var picture = (rand([1, config.ImageChannels, settings.Size, settings.Size]) * 2 - 1).to_type(settings.DType).to(settings.Device);
        var latents = randn([1, config.LatentChannels, side, side]).to_type(settings.DType).to(settings.Device);

        var samples = new Samples();
        samples.Time(EncodeSeconds, settings, () => model.Encode(picture).Dispose());
        samples.Time(DecodeSeconds, settings, () => model.Decode(latents).Dispose());
        samples.AddPeakMemory();
        return samples;
    }
}

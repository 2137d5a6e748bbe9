using OmniGen2.Models.Vae;
using static TorchSharp.torch;

namespace OmniGen2.Training.Vae;

/// <summary>To copy drawings through latents.</summary>
/// <param name="vae">On the device.</param>
/// <param name="parameters">Of the whole autoencoder.</param>
/// <param name="config">What of it is trained, and on what.</param>
/// <param name="device">Where batches go.</param>
internal sealed class VaeTask(AutoencoderKL vae, IReadOnlyDictionary<string, Tensor> parameters, VaeTrainingConfig config, Device device) : ITrainingTask<VaeBatch>
{
    private const string DecoderPrefix = "decoder.";

    private readonly VaeSamples _samples = new(config.Data, config.Seed, vae.Config.LatentChannels);

    private readonly RoundTrip _trip = new(vae, device);

    public IReadOnlyDictionary<string, Tensor> Parameters { get; } = config.Part == VaePart.All
        ? parameters
        : parameters.Where(p => p.Key.StartsWith(DecoderPrefix, StringComparison.Ordinal)).ToDictionary(p => p.Key, p => p.Value);

    /// <summary>Whether a matrix lies inside; those at the ends touch pixels or latents and go to AdamW.</summary>
    public static bool IsHidden(string name) => name is not
        ("encoder.conv_in.weight" or "encoder.conv_out.weight" or "decoder.conv_in.weight" or "decoder.conv_out.weight");

    public VaeBatch Load(long index) => _samples.Load(index);

    public Tensor Loss(VaeBatch batch) => config.Part == VaePart.All ? WholeLoss(batch) : DecoderLoss(batch);

    public IReadOnlyDictionary<string, double> Validate() => _trip.Validate();

    private Tensor WholeLoss(VaeBatch batch)
    {
        var pictures = batch.Pictures.to(device);                                              // [B, 3, S, S]
        var posterior = vae.Encode(pictures);                                                  // [B, C, S / 8, S / 8]
        var copy = vae.Decoder.Forward(posterior.Sample(batch.Noise.to(device)));              // [B, 3, S, S]
        return config.Losses.Picture(copy, pictures) + config.Losses.Latents(posterior);
    }

    // A transformer learns the means and hits them nearly, so that is what the decoder sees.
    private Tensor DecoderLoss(VaeBatch batch)
    {
        var pictures = batch.Pictures.to(device);
        var latents = vae.ToModelSpace(Means(pictures)) + (batch.Noise * batch.Disturbance).to(device);
        return config.Losses.Picture(vae.Decode(latents), pictures);
    }

    private Tensor Means(Tensor pictures)
    {
        using var noGrad = no_grad();
        return vae.Encode(pictures).Mean;
    }
}

using OmniGen2.Imaging;
using OmniGen2.Models.Vae;
using static TorchSharp.torch;

namespace OmniGen2.Sampling;

/// <summary>Reference pictures to latents in model space. What the autoencoder says of a picture is kept; only the draw from it belongs to a request.</summary>
internal sealed class ReferenceEncoder(AutoencoderKL vae, ScalarType precision, Device device) : IDisposable
{
    private const int KeptPictures = 32;
    private const long KeptBytes = 128L << 20;

    private readonly TensorCache _posteriors = new(KeptPictures, KeptBytes);

    /// <summary>Latents [1, C, h, w] of every reference, in the current scope.</summary>
    public IReadOnlyList<Tensor> Encode(GenerationPlan plan)
    {
        using var noGrad = no_grad();
        using var generator = Noise.Posterior(plan.Request);
        var latents = new List<Tensor>();
        for (var i = 0; i < plan.Request.Images.Count; i++)
        {
            using var scope = NewDisposeScope();
            var posterior = Posterior(plan.Request.Images[i], plan.Request.MaxPixels, plan.Request.MaxReferenceSide);
            var noise = plan.Parity.PosteriorNoise is { } injected
                ? injected[i].ToTensor(CPU)
                : randn(posterior[0].shape, generator: generator);
            noise = noise.to_type(precision).to(device);
            var sample = vae.ToModelSpace(posterior[0] + (posterior[1] * noise));
            Record(plan, i, posterior, noise, sample);
            latents.Add(sample.MoveToOuterDisposeScope());
        }

        return latents;
    }

    /// <summary>The mean of a picture's latents in model space, [1, C, h, w], in the current scope.</summary>
    public Tensor EncodeMean(RgbImage image)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var posterior = Posterior(image, (long)image.Width * image.Height, Math.Max(image.Width, image.Height));
        return vae.ToModelSpace(posterior[0]).MoveToOuterDisposeScope();
    }

    public void Dispose() => _posteriors.Dispose();

    private void Record(GenerationPlan plan, int index, Tensor[] posterior, Tensor noise, Tensor sample)
    {
        if (plan.Parity.Record is { } record)
        {
            record($"ref{index}.image", Pixels(plan.Request.Images[index], plan.Request.MaxPixels, plan.Request.MaxReferenceSide).squeeze(0));
            record($"ref{index}.posterior_mean", posterior[0].squeeze(0));
            record($"ref{index}.posterior_std", posterior[1].squeeze(0));
            record($"ref{index}.noise", noise.squeeze(0));
            record($"ref{index}.latent", sample.squeeze(0));
        }
    }

    private Tensor Pixels(RgbImage image, long maxPixels, int maxSide)
    {
        var planes = ReferenceImageProcessor.Process(image, maxPixels, maxSide);
        return tensor(planes.Values, [1, 3, planes.Height, planes.Width]).to_type(precision).to(device);
    }

    /// <summary>Mean and deviation, own handles in the current scope.</summary>
    private Tensor[] Posterior(RgbImage image, long maxPixels, int maxSide)
    {
        var (width, height) = ReferenceImageProcessor.TargetSize(image.Width, image.Height, maxPixels, maxSide);
        return _posteriors.GetOrAdd($"{Fingerprint.Of(image)}:{width}x{height}", () =>
        {
            var posterior = vae.Encode(Pixels(image, maxPixels, maxSide));
            return [posterior.Mean, posterior.Deviation];
        });
    }
}

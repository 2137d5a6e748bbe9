using OmniGen2.Models.Vae;
using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>The small autoencoder: pictures to moments, samples and model space, latents back to pixels, and the parts between.</summary>
internal sealed class VaeTinyCases : RecordedCases
{
    private const string Weights = "diffusion_pytorch_model.safetensors";
    private const string Config = "config.json";
    private const string Pixels = "out.decoded";

    private static readonly Tolerance Allowed = Tolerance.OfLargest(1e-5);
    private static readonly Tolerance AllowedOfPixels = Tolerance.Within(2e-5);

    private readonly LoadedPart<AutoencoderKL> _vae;

    public VaeTinyCases(ParitySource source)
        : base(source, "vae-tiny")
    {
        _vae = Own(new LoadedPart<AutoencoderKL>(
            () => source.Open(Folder.Claim(Weights)),
            weights => new AutoencoderKL(weights, VaeConfig.Load(Folder.Claim(Config)))));
    }

    public override IEnumerable<ParityCase> List()
    {
        Folder.Claim(Config);
        Folder.Claim(Weights);
        return Folder.WithEnding(".safetensors", Weights).Select(file => FileCase(file, Compare));
    }

    private void Compare(RecordedFile file, CaseChecks checks)
    {
        foreach (var (name, value) in Encoded(file).Concat(Decoded(file)))
        {
            if (file.Has(name))
            {
                checks.Near(name, file.Floats(name), value.Floats(), name == Pixels ? AllowedOfPixels : Allowed);
            }
        }
    }

    private IEnumerable<(string Name, Tensor Value)> Encoded(RecordedFile file)
    {
        if (!file.Has("input.image"))
        {
            yield break;
        }

        var (vae, image) = (_vae.Model, file.Tensor("input.image", Device));
        foreach (var part in Through("out.encoder.", vae.Encoder.Parts, image))
        {
            yield return part;
        }

        var posterior = vae.Encode(image);
        yield return ("out.moments", vae.Encoder.Forward(image));
        yield return ("out.mean", posterior.Mean);
        yield return ("out.mode", posterior.Mean);
        yield return ("out.logvar", posterior.LogVariance);
        yield return ("out.std", posterior.Deviation);
        yield return ("out.latent_from_mode", vae.ToModelSpace(posterior.Mean));
        if (file.Has("input.noise"))
        {
            var sample = posterior.Sample(file.Tensor("input.noise", Device));
            yield return ("out.sample", sample);
            yield return ("out.latent_from_sample", vae.ToModelSpace(sample));
        }
    }

    private IEnumerable<(string Name, Tensor Value)> Decoded(RecordedFile file)
    {
        if (!file.Has("input.latent"))
        {
            yield break;
        }

        var (vae, latent) = (_vae.Model, file.Tensor("input.latent", Device));
        var unscaled = vae.FromModelSpace(latent);
        yield return ("input.latent_unscaled", unscaled);
        foreach (var part in Through("out.decoder.", vae.Decoder.Parts, unscaled))
        {
            yield return part;
        }

        yield return (Pixels, vae.Decode(latent));
    }

    private static IEnumerable<(string Name, Tensor Value)> Through(string prefix, IEnumerable<(string Name, Func<Tensor, Tensor> Forward)> parts, Tensor x)
    {
        foreach (var (name, forward) in parts)
        {
            x = forward(x);
            yield return (prefix + name, x);
        }
    }
}

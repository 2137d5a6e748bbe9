using OmniGen2.Imaging;
using OmniGen2.Models.Vae;
using OmniGen2.Schedulers;

namespace OmniGen2.Sampling;

/// <summary>A request that has been checked, with all that follows from it without any work.</summary>
internal sealed record GenerationPlan
{
    private GenerationPlan()
    {
    }

    public required GenerationRequest Request { get; init; }

    public required ParityOptions Parity { get; init; }

    public required OutputSize Size { get; init; }

    /// <summary>Start time of each step and, last, 1.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    public required string Fingerprint { get; init; }

    public required Guidance Guidance { get; init; }

    public int LatentHeight => Size.GeneratedHeight / AutoencoderKL.Scale;

    public int LatentWidth => Size.GeneratedWidth / AutoencoderKL.Scale;

    public int Steps => Times.Count - 1;

    public static GenerationPlan Make(GenerationRequest request, ParityOptions parity, ModelInfo info, SchedulerConfig schedule, Func<GenerationRequest, ParityOptions, string> fingerprint)
    {
        request = RequestRules.Fit(request, info);
        RequestRules.Check(request, info, parity.AnySize);
        var size = OutputSize.For(request);
        var latentTokens = (long)size.GeneratedHeight / AutoencoderKL.Scale * (size.GeneratedWidth / AutoencoderKL.Scale);
        var times = parity.Timesteps is { } custom
            ? SchedulerConfig.CustomTimes([.. custom.Select(t => (double)t)])
            : schedule.Times(request.Steps, latentTokens);
        return new GenerationPlan
        {
            Request = request,
            Parity = parity,
            Size = size,
            Times = times,
            Guidance = new Guidance(request, times.Length - 1),
            Fingerprint = fingerprint(request, parity),
        };
    }

    /// <summary>Noise from outside must be of the size that the request draws.</summary>
    public void CheckInjected(int channels)
    {
        if (Parity.Latents is { } latents && (latents.Channels, latents.Height, latents.Width) != (channels, LatentHeight, LatentWidth))
        {
            throw new ModelException(
                $"The given latents are {latents.Channels} × {latents.Height} × {latents.Width}, but a picture of {Size.GeneratedWidth} × {Size.GeneratedHeight} pixels is drawn from {channels} × {LatentHeight} × {LatentWidth}: give others or change the size.");
        }

        if (Parity.PosteriorNoise is { } noise && noise.Count != Request.Images.Count)
        {
            throw new ModelException($"There is posterior noise for {noise.Count} references, but the request has {Request.Images.Count}: give one for each.");
        }
    }

    /// <summary>A state goes on only where it came from.</summary>
    public void Check(DenoiseState state)
    {
        if (state.Fingerprint.Length > 0 && state.Fingerprint != Fingerprint)
        {
            throw new ModelException("The saved state belongs to another request, checkpoint or precision: start the picture again.");
        }

        var latents = state.Latents;
        if (state.Count != Steps || state.Step < 0 || state.Step > Steps || latents.Height != LatentHeight || latents.Width != LatentWidth)
        {
            throw new ModelException(
                $"The saved state stands at step {state.Step} of {state.Count} of a {latents.Width} × {latents.Height} latent, the request has {Steps} steps of {LatentWidth} × {LatentHeight}: start the picture again.");
        }
    }
}

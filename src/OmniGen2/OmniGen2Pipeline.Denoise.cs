using OmniGen2.Imaging;
using OmniGen2.Models.Diffusion;
using OmniGen2.Sampling;
using static TorchSharp.torch;

namespace OmniGen2;

public sealed partial class OmniGen2Pipeline
{
    public IEnumerable<DenoiseStep> Denoise(GenerationRequest request, DenoiseState? resume = null) => Denoise(request, new ParityOptions(), resume);

    /// <summary>As above, with what a comparison with recorded runs sets from outside.</summary>
    public IEnumerable<DenoiseStep> Denoise(GenerationRequest request, ParityOptions parity, DenoiseState? resume = null)
    {
        var plan = GenerationPlan.Make(request, parity, Info, _parts.Schedule, (r, p) => Fingerprint.Of(r, p, _parts.Checkpoint, Precision.ToString()));
        plan.CheckInjected(_parts.Vae.Config.LatentChannels);
        _prompts.Check(plan);
        if (resume is not null)
        {
            plan.Check(resume);
        }

        return Run(plan, resume);
    }

    public RgbImage Decode(GenerationRequest request, DenoiseState state)
    {
        var size = OutputSize.For(request, Info);
        var pixels = DecodePixels(state.Latents);
        return (pixels.Width, pixels.Height) == (size.GeneratedWidth, size.GeneratedHeight)
            ? PostProcess.ToImage(pixels, size.Width, size.Height, Precision == ScalarType.BFloat16)
            : throw new ModelException($"The state holds a picture of {pixels.Width} × {pixels.Height}, the request draws {size.GeneratedWidth} × {size.GeneratedHeight}: it belongs to another request.");
    }

    /// <summary>What the autoencoder makes of latents, before it is stretched and rounded.</summary>
    public FloatImage DecodePixels(LatentImage latents)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var decoded = _parts.Vae.Decode(latents.ToTensor(Device).to_type(Precision)).ToLatentImage();
        return new FloatImage(decoded.Width, decoded.Height, decoded.Values);
    }

    private IEnumerable<DenoiseStep> Run(GenerationPlan plan, DenoiseState? resume)
    {
        yield return new DenoiseStep(DenoisePhase.EncodingPrompt, 0, plan.Steps);
        using var text = _prompts.Encode(plan);
        if (plan.Request.Images.Count > 0)
        {
            yield return new DenoiseStep(DenoisePhase.EncodingReferences, 0, plan.Steps);
        }

        using var run = Begin(plan, text, resume);
        while (!run.IsDone)
        {
            yield return run.Advance();
        }
    }

    private DenoiseRun Begin(GenerationPlan plan, PromptFeatures text, DenoiseState? resume)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var channels = _parts.Vae.Config.LatentChannels;
        var start = plan.Parity.Latents?.ToTensor(Device)
            ?? Noise.Starting(plan.Request, channels, plan.LatentHeight, plan.LatentWidth, Precision).to(Device);
        float[] times = [.. plan.Times.Take(plan.Steps).Select(t => (float)t)];
        plan.Parity.Record?.Invoke("input.latents", start);
        plan.Parity.Record?.Invoke("input.timesteps", tensor(times));
        var session = _parts.Transformer.Begin(new VelocityPlan
        {
            Height = plan.LatentHeight,
            Width = plan.LatentWidth,
            Times = times,
            References = _references.Encode(plan),
            Cache = plan.Request.Cache,
            Branches = [.. plan.Guidance.AllBranches.Select(name => new GuidanceBranch(
                name, name == Branch.Conditional ? text.Positive : text.Negative!, name != Branch.Unconditional))],
        });
        try
        {
            return new DenoiseRun(plan, session, start, Precision, resume);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}

using System.Diagnostics;
using OmniGen2.Imaging;
using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Vae;
using OmniGen2.Sampling;
using TorchSharp;
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

        return new DenoiseLane.Source(lane => Run(lane, plan, resume));
    }

    public RgbImage Decode(GenerationRequest request, DenoiseState state)
    {
        var size = OutputSize.For(request, Info);
        var pixels = DecodeInRoom(state.Latents);
        return (pixels.Width, pixels.Height) == (size.GeneratedWidth, size.GeneratedHeight)
            ? PostProcess.ToImage(pixels, size.Width, size.Height, Precision == ScalarType.BFloat16)
            : throw new ModelException($"The state holds a picture of {pixels.Width} × {pixels.Height}, the request draws {size.GeneratedWidth} × {size.GeneratedHeight}: it belongs to another request.");
    }

    // The one thing that can still make room is to let go of all weights; what has been drawn so far is in the state and is not lost.
    private FloatImage DecodeInRoom(LatentImage latents)
    {
        try
        {
            return DecodePixels(latents);
        }
        catch (TorchOutOfMemoryException) when (_parts.Residency < Residency.Streamed)
        {
            StepDown(Residency.Streamed, "memory ran out");
            return DecodePixels(latents);
        }
        catch (TorchOutOfMemoryException fault)
        {
            throw new ModelException(
                $"Memory ran out while a picture of {latents.Width * AutoencoderKL.Scale} × {latents.Height * AutoencoderKL.Scale} pixels was decoded, and {ModelFootprint.Text(Free)} are free: free memory on this machine and go on, or choose a smaller size.", fault);
        }
    }

    /// <summary>What the autoencoder makes of latents, before it is stretched and rounded.</summary>
    public FloatImage DecodePixels(LatentImage latents)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _parts.Enter(ModelPart.Vae);
        var decoded = _parts.Vae.Decode(latents.ToTensor(Device).to_type(Precision)).ToLatentImage();
        return new FloatImage(decoded.Width, decoded.Height, decoded.Values);
    }

    private IEnumerator<DenoiseStep> Run(DenoiseLane lane, GenerationPlan plan, DenoiseState? resume)
    {
        yield return new DenoiseStep(DenoisePhase.EncodingPrompt, 0, plan.Steps);
        var notice = MakeRoom(plan);
        var (text, lack) = EncodeInRoom(plan);
        using var features = text;
        notice = lack ?? notice;
        if (plan.Request.Images.Count > 0)
        {
            yield return new DenoiseStep(DenoisePhase.EncodingReferences, 0, plan.Steps);
        }

        (lane.Run, lack) = BeginInRoom(plan, text, resume);
        notice = lack ?? notice;
        try
        {
            while (!lane.Run.IsDone)
            {
                var (step, fault) = Advance(lane.Run);
                if (step is not null)
                {
                    (resume, notice) = (step.State, step.Notice ?? notice);
                    yield return step with { Notice = notice };
                    notice = null;
                    continue;
                }

                notice = StepDown(plan, fault!);
                lane.Run.Dispose();
                (lane.Run, lack) = BeginInRoom(plan, text, resume);
                notice = lack ?? notice;
            }
        }
        finally
        {
            lane.Run.Dispose();
            lane.Run = null;
        }
    }

    /// <summary>One step, or the lack of memory that kept it from being taken; the state before it still stands.</summary>
    private (DenoiseStep? Step, TorchOutOfMemoryException? Fault) Advance(DenoiseRun run)
    {
        var isAhead = run.IsAhead;
        var begin = Stopwatch.GetTimestamp();
        try
        {
            _parts.Enter(ModelPart.Transformer);
            var step = run.Advance();
            if (!isAhead)
            {
                Learn(begin, [run]);
            }

            return (step, null);
        }
        catch (TorchOutOfMemoryException fault)
        {
            return (null, fault);
        }
    }

    /// <summary>Begins or goes on; where memory runs out meanwhile, in a smaller mode.</summary>
    private (DenoiseRun Run, string? Notice) BeginInRoom(GenerationPlan plan, PromptFeatures text, DenoiseState? resume)
    {
        DenoiseRun? run = null;
        var notice = InRoom(() => run = Begin(plan, text, resume), plan);
        return (run!, notice);
    }

    /// <summary>Reads the prompts; where memory runs out meanwhile, in a smaller mode.</summary>
    private (PromptFeatures Text, string? Notice) EncodeInRoom(GenerationPlan plan)
    {
        PromptFeatures? text = null;
        var notice = InRoom(
            () =>
            {
                _parts.Enter(ModelPart.Language);
                text = _prompts.Encode(plan);
            },
            plan);
        return (text!, notice);
    }

    private DenoiseRun Begin(GenerationPlan plan, PromptFeatures text, DenoiseState? resume)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _parts.Enter(ModelPart.Vae);
        var references = _references.Encode(plan);
        _parts.Enter(ModelPart.Transformer);
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
            References = references,
            Cache = plan.Request.Cache,
            Graphs = _parts.Graphs,
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

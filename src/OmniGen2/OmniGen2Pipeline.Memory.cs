using System.Diagnostics;
using OmniGen2.Imaging;
using OmniGen2.Sampling;
using TorchSharp;

namespace OmniGen2;

public sealed partial class OmniGen2Pipeline
{
    // Of a new measurement against what was known.
    private const double Newer = 0.2;

    private readonly long? _memoryLimit;
    private double? _secondsOfToken;

    /// <summary>What a picture will take of time and memory here and now, before it is begun. A request that cannot be drawn is refused as by <see cref="Denoise(GenerationRequest, DenoiseState?)"/>.</summary>
    public JobAdvice Advise(GenerationRequest request)
    {
        var plan = GenerationPlan.Make(request, new ParityOptions(), Info, _parts.Schedule, (_, _) => "");
        var mode = Fitting(plan) ?? Residency.Streamed;
        return new JobAdvice
        {
            Residency = mode,
            Memory = Need(plan, mode),
            Free = Free,
            IsOnDevice = _parts.Footprint.IsOnDevice,
            Pinned = _parts.Footprint.Pinned,
            Time = _secondsOfToken is { } pace ? TimeSpan.FromSeconds(pace * Tokens(plan)) : null,
        };
    }

    private long Free => _memoryLimit ?? _parts.Free;

    /// <summary>Loaded with "auto": the first mode in which the checkpoint's usual picture fits.</summary>
    private void ChooseResidency(ModelInfo info, PipelineOptions options)
    {
        var pixels = (long)info.DefaultSize * info.DefaultSize;
        var (mode, free) = (options.Residency, Free);
        if (mode == Residency.Auto)
        {
            mode = _parts.Footprint.Choose(free, pixels);
            _parts.Settle(mode);
            Tell(_parts.Footprint.Why(mode, free, pixels));
        }
        else
        {
            Tell($"{_parts.Footprint.How(mode)}, as the settings say.");
        }

        InRoom(() => _parts.Fill());
    }

    /// <summary>Has a part ready to work, in a smaller mode where memory runs out.</summary>
    private string? Enter(ModelPart part) => InRoom(() => _parts.Enter(part));

    /// <summary>Does something in the first mode, from the present one on, in which memory suffices; says so when that is another.</summary>
    private string? InRoom(Action work, GenerationPlan? plan = null)
    {
        string? notice = null;
        while (true)
        {
            try
            {
                work();
                return notice;
            }
            catch (TorchOutOfMemoryException fault)
            {
                notice = StepDown(plan, fault);
            }
        }
    }

    /// <summary>Goes over to a smaller mode when a picture would not fit; says so, or null when nothing changed.</summary>
    private string? MakeRoom(GenerationPlan plan)
    {
        if (Fitting(plan) is { } mode)
        {
            return mode > _parts.Residency ? StepDown(mode, $"this picture takes about {ModelFootprint.Text(Need(plan, _parts.Residency))}") : null;
        }

        // An estimate refuses nobody: only a limit that somebody set does.
        return _memoryLimit is null ? _parts.Residency < Residency.Streamed ? StepDown(Residency.Streamed, "memory is short") : null : throw TooLarge(plan);
    }

    /// <summary>After memory has run out: the next smaller mode, or the end.</summary>
    private string StepDown(GenerationPlan? plan, TorchOutOfMemoryException fault)
    {
        if (_parts.Residency < Residency.Streamed)
        {
            return StepDown(_parts.Residency + 1, "memory ran out");
        }

        throw plan is not null
            ? TooLarge(plan, fault)
            : new ModelException($"Memory ran out even while the model's layers are read from their files, and {ModelFootprint.Text(Free)} are free{_parts.Footprint.There}: free memory and try again.", fault);
    }

    private string StepDown(Residency mode, string reason)
    {
        var free = Free;
        _parts.Settle(mode);
        Accelerator.EmptyCache(Device);
        var notice = mode == Residency.Model
            ? $"{_parts.Footprint.How(mode)} from now on: {reason} and {ModelFootprint.Text(free)} are free{_parts.Footprint.There}."
            : $"The model's layers are {(_parts.Footprint.IsOnDevice ? "copied to the GPU" : "read from their files")} from now on, which takes little memory: {reason} and {ModelFootprint.Text(free)} are free{_parts.Footprint.There}.";
        Tell(notice);
        return notice;
    }

    private void Tell(string why) => Info = Info with { Residency = _parts.Residency.ToString(), ResidencyReason = why };

    /// <summary>The first mode, from the present one on, in which a picture fits; null when there is none.</summary>
    private Residency? Fitting(GenerationPlan plan)
    {
        var free = Free;
        for (var mode = _parts.Residency; mode <= Residency.Streamed; mode++)
        {
            if (Need(plan, mode) <= free)
            {
                return mode;
            }
        }

        return null;
    }

    private long Need(GenerationPlan plan, Residency mode) => _parts.Footprint.Of(mode, Pixels(plan), References(plan));

    private ModelException TooLarge(GenerationPlan plan, Exception? fault = null)
    {
        var message = $"A picture of {plan.Size.GeneratedWidth} × {plan.Size.GeneratedHeight} pixels{(plan.Request.Images.Count > 0 ? $" with {plan.Request.Images.Count} references" : "")} takes about {ModelFootprint.Text(Need(plan, Residency.Streamed))} "
            + $"even while the model's layers are read from their files, and {ModelFootprint.Text(Free)} are free{_parts.Footprint.There}: choose a smaller size or fewer references, or free memory {(_parts.Footprint.IsOnDevice ? "there" : "on this machine")}.";
        return fault is null ? new ModelException(message) : new ModelException(message, fault);
    }

    /// <summary>These runs were taken through the layers since then.</summary>
    private void Learn(long begin, IReadOnlyList<DenoiseRun> runs)
    {
        var secondsOfToken = Stopwatch.GetElapsedTime(begin).TotalSeconds / runs.Sum(r => Math.Max(1, r.Passes) * TokensOfPass(r.Plan));
        _secondsOfToken = _secondsOfToken is { } known ? known + ((secondsOfToken - known) * Newer) : secondsOfToken;
    }

    private static double Tokens(GenerationPlan plan) => Enumerable.Range(0, plan.Steps).Sum(i => plan.Guidance.Branches(i).Count) * TokensOfPass(plan);

    // Text counts little beside a picture.
    private static double TokensOfPass(GenerationPlan plan) => (Pixels(plan) + References(plan).Sum()) / 256.0;

    private static long Pixels(GenerationPlan plan) => (long)plan.Size.GeneratedWidth * plan.Size.GeneratedHeight;

    private static long[] References(GenerationPlan plan) =>
    [
        .. plan.Request.Images.Select(i => ReferenceImageProcessor.TargetSize(i.Width, i.Height, plan.Request.MaxPixels, plan.Request.MaxReferenceSide)).Select(s => (long)s.Width * s.Height),
    ];
}

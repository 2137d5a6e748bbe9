using OmniGen2.Sampling;

namespace OmniGen2;

public enum SchedulerKind
{
    Euler,
    DpmSolver,
}

/// <summary>What may be skipped between two steps, and at which threshold.</summary>
public abstract record CacheOptions
{
    /// <summary>Skips the joint layers while the relative L1 change stays below <paramref name="Threshold"/>.</summary>
    public sealed record TeaCache(double Threshold = 0.05) : CacheOptions;

    /// <summary>Extrapolates the last joint layer by a Taylor series between full steps.</summary>
    public sealed record TaylorSeer : CacheOptions;
}

/// <summary>One picture to make: what is wanted, how large, how exactly, from which noise.</summary>
public sealed record GenerationRequest
{
    public required string Prompt { get; init; }

    /// <summary>What the unconditional branch is told; empty is the original's default.</summary>
    public string NegativePrompt { get; init; } = "";

    /// <summary>References in order; "the first image" is the first. At most five.</summary>
    public IReadOnlyList<RgbImage> Images { get; init; } = [];

    /// <summary>Pixels. Ignored with exactly one reference and <see cref="AlignToReference"/>.</summary>
    public int Width { get; init; } = 1024;

    public int Height { get; init; } = 1024;

    /// <summary>With one reference the output takes its (preprocessed) size; `align_res` of the original.</summary>
    public bool AlignToReference { get; init; } = true;

    /// <summary>Larger outputs are generated at this many pixels and then stretched.</summary>
    public int MaxPixels { get; init; } = 1024 * 1024;

    /// <summary>References are shrunk to this longer side.</summary>
    public int MaxReferenceSide { get; init; } = 1024;

    public int Steps { get; init; } = 50;

    public double TextGuidance { get; init; } = 5;

    public double ImageGuidance { get; init; } = 2;

    /// <summary>Guidance acts on steps i with Start ≤ i/N ≤ End, both ends included.</summary>
    public double CfgStart { get; init; }

    public double CfgEnd { get; init; } = 1;

    public SchedulerKind Scheduler { get; init; } = SchedulerKind.Euler;

    /// <summary>
    /// Seed of the starting noise, 0 … 2⁶³ − 1; the references' posterior noise has a generator of its own from the same seed.
    /// On the CPU libtorch's generator looks at the lower 32 bits only, and so did the original.
    /// </summary>
    public long Seed { get; init; }

    /// <summary>Which picture of a batch drawn from one generator this is: picture k of seed S is slice k of randn([n, …]).</summary>
    public int BatchIndex { get; init; }

    public CacheOptions? Cache { get; init; }

    /// <summary>Longest prompt in tokens, template included.</summary>
    public int MaxPromptTokens { get; init; } = 1024;

    /// <summary>Set when a conversation asked for the picture: the prompt then goes through the chat template, with the pictures seen by the language model.</summary>
    public bool FromChat { get; init; }

    /// <summary>
    /// With <see cref="FromChat"/>, the conversation up to the user's turn that asked. Empty: one turn of <see cref="Prompt"/> and <see cref="Images"/>.
    /// The language model sees the pictures of the turns; the references that the picture is drawn from remain <see cref="Images"/>.
    /// </summary>
    public IReadOnlyList<ChatTurn> Turns { get; init; } = [];

    /// <summary>How often the transformer runs for it: a step takes one pass, two where words guide, three where pictures guide too.</summary>
    /// <param name="references">How many pictures it draws from.</param>
    public int Passes(int references)
    {
        var guidance = new Guidance(this with { Images = [.. Enumerable.Repeat(new RgbImage(1, 1), references)] }, Steps);
        return Enumerable.Range(0, Steps).Sum(step => guidance.Branches(step).Count);
    }

    /// <summary>Refuses at once, with a <see cref="ModelException"/>, what <see cref="IPipeline.Denoise"/> would refuse later.</summary>
    public void Check(ModelInfo info) => RequestRules.Check(this, info, anySize: false);
}

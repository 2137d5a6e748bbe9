using static System.FormattableString;

namespace OmniGen2;

/// <summary>What a picture will take on this machine, said before it is begun.</summary>
public sealed record JobAdvice
{
    /// <summary>Of the denoising; null until this process has drawn something to tell from.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Bytes, weights and all; rather too many than too few.</summary>
    public required long Memory { get; init; }

    /// <summary>Whether that is memory of a GPU.</summary>
    public bool IsOnDevice { get; init; }

    /// <summary>Bytes of this machine's memory that weights pass through on their way to a GPU.</summary>
    public long Pinned { get; init; }

    /// <summary>Bytes that may be used.</summary>
    public required long Free { get; init; }

    /// <summary>Where the weights will stay meanwhile.</summary>
    public required Residency Residency { get; init; }

    public bool Fits => Memory <= Free;

    public override string ToString()
    {
        var time = Time is { } t ? Invariant($"about {(t.TotalSeconds < 90 ? $"{Math.Max(1, Math.Round(t.TotalSeconds))} s" : $"{Math.Round(t.TotalMinutes)} min")} and ") : "";
        var mode = Residency switch
        {
            Residency.All => $"with all weights {(IsOnDevice ? "there" : "in memory")}",
            Residency.Model => $"with one part of the model at a time {(IsOnDevice ? "there" : "in memory")}",
            _ => IsOnDevice ? "with layers copied there from their files as they run" : "with layers read from their files as they run",
        };
        return $"This picture takes {time}about {ModelFootprint.Text(Memory)} of {(IsOnDevice ? "the GPU's " : "")}memory {mode}; {ModelFootprint.Text(Free)} are free{(Fits ? "" : ", which is too little: choose a smaller size or fewer references")}."
            + (Pinned > 0 ? $" {ModelFootprint.Text(Pinned)} of this machine's memory are held for copying." : "");
    }
}

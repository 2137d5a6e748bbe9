namespace OmniGen2;

/// <summary>Whether steps of the networks are recorded as CUDA graphs and launched as a whole.</summary>
public enum GraphUse
{
    /// <summary>On a GPU, for answers and for pictures up to 512 × 512, while all weights stay in its memory.</summary>
    Auto,

    /// <summary>Never.</summary>
    Off,
}

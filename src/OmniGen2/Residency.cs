namespace OmniGen2;

/// <summary>Where a checkpoint's weights stay. The results are the same in all modes.</summary>
public enum Residency
{
    /// <summary>All of them in memory.</summary>
    All,

    /// <summary>The part that works: language model, transformer or autoencoder; the others wait in their files.</summary>
    Model,

    /// <summary>Layers are read from the mapped file as they run, the next one while one computes, and let go of behind.</summary>
    Streamed,

    /// <summary>The first of the three that fits into what is free when the model is loaded.</summary>
    Auto,
}

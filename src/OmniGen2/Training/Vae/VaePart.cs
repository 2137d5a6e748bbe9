namespace OmniGen2.Training.Vae;

/// <summary>What of the autoencoder is trained.</summary>
public enum VaePart
{
    All,

    /// <summary>The encoder is frozen, so latents stay what they are: for a checkpoint whose transformer already stands on them.</summary>
    Decoder,
}

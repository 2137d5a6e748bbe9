namespace OmniGen2.Sampling;

/// <summary>What of a checkpoint works by turns, in the order in which it is loaded.</summary>
internal enum ModelPart
{
    Vae,
    Transformer,
    Language,
}

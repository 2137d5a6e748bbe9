namespace OmniGen2.Weights;

/// <summary>The low-rank change of one linear layer: W' = W + scale · (alpha / rank) · up · down.</summary>
/// <param name="Name">The layer as the model calls it, or the fused `….attn.qkv`.</param>
/// <param name="DownKey">Key of down (A) [rank, in] in the file.</param>
/// <param name="UpKey">Key of up (B) [out, rank].</param>
/// <param name="Rank">Inner size.</param>
/// <param name="Inputs">Columns of W.</param>
/// <param name="Outputs">Rows of W.</param>
/// <param name="Alpha">As stored; the rank where nothing is, so that the factor is 1.</param>
public sealed record LoraModule(string Name, string DownKey, string UpKey, long Rank, long Inputs, long Outputs, double Alpha);

using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>A row of the table for every id.</summary>
/// <param name="weight">[count, size].</param>
public sealed class Embedding(Tensor weight)
{
    public Tensor Weight { get; } = weight;

    public Tensor Forward(Tensor ids) => nn.functional.embedding(ids, Weight); // [...] → [..., size]
}

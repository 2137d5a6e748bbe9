using static TorchSharp.torch;

namespace OmniGen2.Models.Language;

/// <summary>Chooses the tokens of one answer.</summary>
internal interface ITokenChoice : IDisposable
{
    /// <summary>The token that follows, from logits [1, V] in fp32.</summary>
    int Pick(Tensor logits);
}

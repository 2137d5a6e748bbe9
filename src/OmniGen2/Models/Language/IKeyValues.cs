using static TorchSharp.torch;

namespace OmniGen2.Models.Language;

/// <summary>Where a layer keeps what it has computed of the tokens before.</summary>
internal interface IKeyValues
{
    /// <summary>Takes keys and values of further tokens, each [B, K, S, E], and returns those that attention looks at.</summary>
    (Tensor Keys, Tensor Values) Append(Tensor keys, Tensor values);
}

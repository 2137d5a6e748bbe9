using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>Tokens on their way through a stack of blocks.</summary>
internal sealed class TokenPass(string name, Tensor tokens, Rotary rotary)
{
    /// <summary>Prefix of the records: `joint_layer` gives joint_layer_0, joint_layer_1, …</summary>
    public string Name { get; } = name;

    /// <summary>[B, S, D]; after the last block only the <see cref="Kept"/> last of them.</summary>
    public Tensor Tokens { get; set; } = tokens;

    public Rotary Rotary { get; } = rotary;

    /// <summary>How many tokens anybody reads behind the stack; the last block computes no others.</summary>
    public long Kept { get; init; } = tokens.shape[1];
}

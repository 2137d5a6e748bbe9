using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>Tokens on their way through a stack of blocks. Passes of one walk share its weights and nothing else: each has a timestep and positions of its own.</summary>
internal sealed class TokenPass(string name, Tensor tokens, Rotary rotary, IReadOnlyList<BlockModulation> modulation)
{
    /// <summary>Prefix of the records: `joint_layer` gives joint_layer_0, joint_layer_1, …</summary>
    public string Name { get; } = name;

    /// <summary>[B, S, D]; after the last block only the <see cref="Kept"/> last of them.</summary>
    public Tensor Tokens { get; set; } = tokens;

    public Rotary Rotary { get; } = rotary;

    /// <summary>What the pass's timestep does to each block of the stack.</summary>
    public IReadOnlyList<BlockModulation> Modulation { get; } = modulation;

    /// <summary>How many tokens anybody reads behind the stack; the last block computes no others.</summary>
    public long Kept { get; init; } = tokens.shape[1];
}

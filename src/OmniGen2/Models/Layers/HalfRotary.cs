using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

/// <summary>Rotary positions in Qwen's layout: channel i of a head turns together with channel i + E/2. The tables' type is the one that the turn is computed in.</summary>
/// <param name="Cos">Cosine of every pair's angle; broadcasts against half a head, […, E/2].</param>
/// <param name="Sin">Sine of the same.</param>
public sealed record HalfRotary(Tensor Cos, Tensor Sin)
{
    public Tensor Turn(Tensor x) => Accelerator.Turn(x, Cos, Sin, halves: true); // […, S, E]

    /// <summary>The tables of some of the tokens; views in the current scope.</summary>
    public HalfRotary Of(long start, long count) => new(Cos.narrow(-2, start, count), Sin.narrow(-2, start, count));

    /// <summary>Frequencies base^(−2i/size) for i below size/2, in fp32 as the original has them.</summary>
    public static float[] Frequencies(double theta, int size) =>
        [.. Enumerable.Range(0, size / 2).Select(i => 1f / MathF.Pow((float)theta, (float)(2 * i) / size))];
}

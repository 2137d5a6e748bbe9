using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// The weights of a linear layer in 8 bits, on the CPU: w ≈ bits · scale with one scale for each output, the largest weight of an output being 127 steps. Inputs are
/// brought into 8 bits too, each row with a step and a zero of its own, so that products and their sums are whole numbers: every instruction set gives the same result.
/// </summary>
public sealed class Int8Weight : PackedWeight
{
    private readonly Tensor _packed;
    private readonly Tensor _factors;
    private readonly long _outputs;

    private Int8Weight(Tensor packed, Tensor factors, long outputs) => (_packed, _factors, _outputs) = (packed, factors, outputs);

    /// <summary>How many instruction sets this processor has products for; the last one is used.</summary>
    public static int Levels => (int)Native.ts_int8_levels();

    /// <summary>The one that is used, as in avx512vnni.</summary>
    public static string Level => Marshal.PtrToStringUTF8(Native.ts_int8_level())!;

    public override long Bytes => _packed.numel() + (_factors.numel() * _factors.element_size());

    /// <summary>From weights [out, in] of any type; they are only read. The result belongs to no dispose scope.</summary>
    public static Int8Weight From(Tensor weight)
    {
        Native.ts_int8_pack(weight, out var packed, out var factors);
        return new Int8Weight(packed.DetachFromDisposeScope(), factors.DetachFromDisposeScope(), weight.shape[0]);
    }

    /// <summary>As said there, of fp32 or bf16.</summary>
    public override Tensor Linear(Tensor x, Tensor? bias = null) => Linear(x, bias, -1);

    /// <summary>As above, on one of the <see cref="Levels"/>.</summary>
    internal Tensor Linear(Tensor x, Tensor? bias, int level) => Native.ts_int8_linear(x, _packed, _factors, bias, _outputs, level);

    protected override void Dispose(bool disposing)
    {
        _packed.Dispose();
        _factors.Dispose();
    }
}

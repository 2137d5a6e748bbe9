using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// The weights of a linear layer in fp8 (e4m3), for GPUs that multiply it: w ≈ number · scale with one scale for each output, the largest weight of an output being 448.
/// Inputs are brought into fp8 too, each row with a scale of its own. On the CPU the same is computed from the same codes in fp32: for seeing what it costs, not for speed.
/// </summary>
public sealed class Float8Weight : PackedWeight
{
    private readonly Tensor _codes;
    private readonly Tensor _scales;
    private readonly long _inputs;
    private readonly long _outputs;

    private Float8Weight(Tensor codes, Tensor scales, long inputs, long outputs) => (_codes, _scales, _inputs, _outputs) = (codes, scales, inputs, outputs);

    /// <summary>Whether the libtorch that this was compiled with multiplies fp8 on GPUs.</summary>
    public static bool IsCompiled => Native.ts_float8_compiled();

    /// <summary>What GPUs need for it.</summary>
    public static (int Major, int Minor) LeastCapability => (8, 9);

    /// <summary>Whether this GPU multiplies fp8, and the libtorch too.</summary>
    public static bool IsSupported(Device device) =>
        device.type == DeviceType.CUDA && IsCompiled && torch.cuda.get_device_capability(device).CompareTo(LeastCapability) >= 0;

    public override long Bytes => _codes.numel() + (_scales.numel() * _scales.element_size());

    /// <summary>From weights [out, in] of any type, on the device where they are; they are only read. The result belongs to no dispose scope.</summary>
    public static Float8Weight From(Tensor weight)
    {
        Native.ts_float8_pack(weight, out var codes, out var scales);
        return new Float8Weight(codes.DetachFromDisposeScope(), scales.DetachFromDisposeScope(), weight.shape[1], weight.shape[0]);
    }

    /// <summary>As said there; on a GPU the product comes out in bf16.</summary>
    public override Tensor Linear(Tensor x, Tensor? bias = null) => Native.ts_float8_linear(x, _codes, _scales, bias, _inputs, _outputs);

    /// <summary>The weights that the codes stand for, fp32 [out, in].</summary>
    internal Tensor Unpack() => Native.ts_float8_unpack(_codes, _scales).narrow(0, 0, _outputs).narrow(1, 0, _inputs);

    protected override void Dispose(bool disposing)
    {
        _codes.Dispose();
        _scales.Dispose();
    }
}

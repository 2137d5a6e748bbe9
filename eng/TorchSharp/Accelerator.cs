using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Stands in for src/LibTorch's Accelerator where the engine is built on the TorchSharp package (-p:TorchBackend=TorchSharp): the same
/// names by plain operators. Nothing is fused, and a mapped file is copied.
/// </summary>
public static class Accelerator
{
    public static long LiveTensors => Tensor.TotalCount;

    public static Tensor SiluMul(Tensor a, Tensor b) => a.silu() * b;

    public static Tensor RmsNorm(Tensor x, Tensor? weight, double eps, Tensor? scale = null)
    {
        var wide = Wide(x);
        var y = wide * (wide.square().mean([-1], true) + eps).rsqrt();
        y = weight is null ? y : y * weight;
        return (scale is null ? y : y * (scale + 1)).to(x.dtype);
    }

    public static Tensor LayerNorm(Tensor x, Tensor? weight, Tensor? bias, double eps)
    {
        var wide = Wide(x);
        return nn.functional.layer_norm(wide, [x.size(-1)], weight?.to(wide.dtype), bias?.to(wide.dtype), eps).to(x.dtype);
    }

    public static Tensor SoftmaxScaled(Tensor scores, double scale, Tensor? mask = null) =>
        Masked(Wide(scores) * scale, mask).softmax(-1).to(scores.dtype);

    public static Tensor ScaledDotProductAttention(Tensor query, Tensor key, Tensor value, Tensor? mask = null, double? scale = null, bool causal = false)
    {
        // The package's attention scales by 1/sqrt(size): the rest goes into the query.
        var factor = (scale ?? 1 / Math.Sqrt(query.size(-1))) * Math.Sqrt(query.size(-1));
        return nn.functional.scaled_dot_product_attention(query * factor, key, value, mask, 0, causal);
    }

    public static Tensor ChannelsLast(Tensor x) => x;

    public static Tensor Reinterpret(Tensor x, ScalarType dtype)
    {
        using var one = empty(1, dtype);
        var shape = x.shape;
        shape[^1] = shape[^1] * x.element_size() / one.element_size();
        var read = empty(shape, dtype);
        x.bytes.CopyTo(read.bytes);
        return read;
    }

    // The package has no switch for mixed precision: everything stays in the type that it has.
    public static IDisposable Autocast(ScalarType? dtype, DeviceType device = DeviceType.CPU) => dtype is null
        ? enable_grad(is_grad_enabled())
        : throw new NotSupportedException($"Mixed precision ({dtype} on {device}) needs src/LibTorch: the TorchSharp package does not offer it.");

    public static unsafe Tensor FromMapped(nint pointer, ReadOnlySpan<long> shape, ScalarType dtype, object owner)
    {
        var copy = empty(shape, dtype);
        var length = copy.numel() * copy.element_size();
        const int piece = 1 << 30;
        using var raw = copy.numel() == 0 ? null : copy.view(-1);
        for (var start = 0L; start < length; start += piece)
        {
            using var part = raw!.narrow(0, start / copy.element_size(), Math.Min(piece, length - start) / copy.element_size());
            new ReadOnlySpan<byte>((void*)(pointer + (nint)start), part.bytes.Length).CopyTo(part.bytes);
        }

        GC.KeepAlive(owner);
        return copy;
    }

    public static void Forget(SafeFileHandle file)
    {
        // Everything is copied anyway: it does not matter from where.
    }

    public static void PreferLargePages(nint pointer, long length)
    {
        // Everything was copied: how the file is mapped does not matter.
    }

    public static void Prefetch(nint pointer, long length)
    {
        // Everything was copied: there is nothing left to read ahead.
    }

    public static void Release(nint pointer, long length)
    {
        // Everything was copied: the mapped pages are not looked at again.
    }

    public static void SetThreads(int count) => set_num_threads(count);

    public static void TrimMemory() => GC.Collect();

    public static (long Free, long Total) DeviceMemory(Device? device = null)
    {
        var info = GC.GetGCMemoryInfo();
        return device?.type == DeviceType.CUDA
            ? throw new NotSupportedException("How much memory a GPU has is told by src/LibTorch only.")
            : (info.TotalAvailableMemoryBytes - info.MemoryLoadBytes, info.TotalAvailableMemoryBytes);
    }

    public static Span<byte> Bytes(Tensor tensor) => tensor.bytes;

    public static string Describe() => $"libtorch {__version__} by the TorchSharp package";

    private static Tensor Wide(Tensor x) => x.dtype == ScalarType.Float64 ? x : x.to(ScalarType.Float32);

    private static Tensor Masked(Tensor scores, Tensor? mask) => mask switch
    {
        null => scores,
        { dtype: ScalarType.Bool } => scores.masked_fill(mask.logical_not(), double.NegativeInfinity),
        _ => scores + mask,
    };
}

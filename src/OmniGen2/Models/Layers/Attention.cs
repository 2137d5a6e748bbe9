using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

// B batch · H query heads · K key heads · G = H / K · S queries · T keys · E head size

/// <summary>softmax(q · kᵀ · scale) · v, where query heads h·G … h·G + G − 1 share key head h.</summary>
public static class Attention
{
    // More scores than this are computed a few heads at a time: 32 million are 64 MB in bf16.
    private const long MaxScores = 32_000_000;

    /// <param name="q">[B, H, S, E].</param>
    /// <param name="k">[B, K, T, E].</param>
    /// <param name="v">[B, K, T, E].</param>
    /// <param name="mask">[B or 1, 1, S or 1, T]; true where a query may look, or numbers to add to the scaled scores. A query that may look nowhere gets the mean of all values, never NaN.</param>
    /// <param name="scale">1 / √E where nothing is given.</param>
    /// <returns>[B, H, S, E].</returns>
    public static Tensor Attend(Tensor q, Tensor k, Tensor v, Tensor? mask = null, double? scale = null)
    {
        using var scope = NewDisposeScope();
        var factor = scale ?? 1 / Math.Sqrt(q.shape[^1]);
        var bias = mask is null ? null : Bias(mask, q.dtype);
        // A single query is read through in the same time for all heads of a group; more of them have kernels of their own on a GPU.
        var result = q.device.type == DeviceType.CPU || q.shape[2] == 1 ? Grouped(q, k, v, bias, factor) : Repeated(q, k, v, bias, factor);
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>What a mask adds to scores of a type.</summary>
    // Not minus infinity: a row with nothing to look at would become NaN and spread through the next layer's values.
    internal static Tensor Bias(Tensor mask, ScalarType dtype) => mask.dtype == ScalarType.Bool
        ? zeros(mask.shape, dtype: dtype, device: mask.device).masked_fill(mask.logical_not(), dtype == ScalarType.Float16 ? -65504 : -1e30)
        : mask.to(dtype);

    private static Tensor Grouped(Tensor q, Tensor k, Tensor v, Tensor? bias, double scale)
    {
        var (batch, heads, length, keys) = (q.shape[0], q.shape[1], q.shape[2], k.shape[2]);
        if (batch * heads * length * keys > MaxScores && batch * k.shape[1] > 1)
        {
            return Halved(q, k, v, bias, scale, dim: batch > 1 ? 0 : 1);
        }

        return Accelerator.GroupedAttention(q, k, v, bias, scale);
    }

    private static Tensor Halved(Tensor q, Tensor k, Tensor v, Tensor? bias, double scale, int dim)
    {
        using var scope = NewDisposeScope();
        var (count, group) = (k.shape[dim], q.shape[dim] / k.shape[dim]);
        var half = count / 2;
        return cat([Part(0, half), Part(half, count - half)], dim).MoveToOuterDisposeScope();

        Tensor Part(long start, long length) => Grouped(
            q.narrow(dim, start * group, length * group),
            k.narrow(dim, start, length),
            v.narrow(dim, start, length),
            dim == 0 && bias?.shape[0] > 1 ? bias.narrow(0, start, length) : bias,
            scale);
    }

    private static Tensor Repeated(Tensor q, Tensor k, Tensor v, Tensor? bias, double scale)
    {
        var group = q.shape[1] / k.shape[1];
        return Accelerator.ScaledDotProductAttention(q, Repeat(k, group), Repeat(v, group), bias, scale);
    }

    private static Tensor Repeat(Tensor x, long group) => group == 1 ? x : x.unsqueeze(2).expand(-1, -1, group, -1, -1).flatten(1, 2); // [B, H, T, E]
}

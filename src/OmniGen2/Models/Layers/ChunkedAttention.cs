using static TorchSharp.torch;

namespace OmniGen2.Models.Layers;

// B batch · H query heads · K key heads · S queries · L keys · E head size

/// <summary>Attention whose scores take a bounded amount of memory: long sequences go through in slices of queries.</summary>
internal static class ChunkedAttention
{
    /// <summary>Scores at a time; 64 MiB in fp32.</summary>
    private const long DefaultScores = 1L << 24;

    /// <summary>Every query sees every key.</summary>
    public static Tensor Attend(Tensor q, Tensor k, Tensor v, double scale, long maxScores = DefaultScores) =>
        Slices(q, k, maxScores, (part, _) => Attention.Attend(part, k, v, null, scale));

    /// <summary>The queries are the last tokens of the keys; each sees itself and what lies before it.</summary>
    public static Tensor AttendCausally(Tensor q, Tensor k, Tensor v, double scale, long maxScores = DefaultScores)
    {
        var past = k.shape[2] - q.shape[2];
        return Slices(q, k, maxScores, (part, start) =>
        {
            var seen = past + start + part.shape[2];
            var mask = part.shape[2] == 1 ? null : ones([1, 1, part.shape[2], seen], dtype: ScalarType.Bool, device: q.device).tril(past + start);
            return Attention.Attend(part, k.narrow(2, 0, seen), v.narrow(2, 0, seen), mask, scale);
        });
    }

    private static Tensor Slices(Tensor q, Tensor k, long maxScores, Func<Tensor, long, Tensor> attend)
    {
        using var scope = NewDisposeScope();
        var queries = q.shape[2];
        var slice = Math.Max(1, maxScores / (q.shape[0] * q.shape[1] * k.shape[2]));
        var slices = new List<Tensor>();
        for (var start = 0L; start < queries; start += slice)
        {
            slices.Add(attend(q.narrow(2, start, Math.Min(slice, queries - start)), start));
        }
        return (slices.Count == 1 ? slices[0] : cat(slices, 2)).MoveToOuterDisposeScope();
    }
}

using OmniGen2.Models.Layers;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Language;

public sealed class ChunkedAttentionTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _q = Numbers(2, 4, 7, 8);
    private readonly Tensor _k = Numbers(2, 2, 10, 8) * 0.7;
    private readonly Tensor _v = Numbers(2, 2, 10, 8) * 1.3;

    [Theory]
    [InlineData(1)]
    [InlineData(2 * 4 * 10 * 3)]
    [InlineData(1 << 20)]
    public void Slices_of_queries_give_what_all_give_together(long maxScores)
    {
        GoldenAssert.Close(Plain(false), ChunkedAttention.Attend(_q, _k, _v, 0.3, maxScores).Floats(), 1e-5);
        GoldenAssert.Close(Plain(true), ChunkedAttention.AttendCausally(_q, _k, _v, 0.3, maxScores).Floats(), 1e-5);
    }

    public void Dispose() => _scope.Dispose();

    /// <summary>The definition, one query at a time: the queries are the last 7 of 10 tokens.</summary>
    private float[] Plain(bool causal)
    {
        var parts = Enumerable.Range(0, 7).Select(query =>
        {
            var seen = causal ? 4 + query : 10;
            var keys = _k.narrow(2, 0, seen).repeat_interleave(2, 1);
            var values = _v.narrow(2, 0, seen).repeat_interleave(2, 1);
            var scores = _q.narrow(2, query, 1).matmul(keys.transpose(-1, -2)) * 0.3;
            return scores.softmax(-1).matmul(values);
        });
        return cat([.. parts], 2).Floats();
    }

    private static Tensor Numbers(params long[] shape) => (arange(shape.Aggregate(1L, (a, b) => a * b), dtype: ScalarType.Float32) * 12.9898).sin().view(shape);
}

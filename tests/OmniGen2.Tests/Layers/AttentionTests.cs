using OmniGen2.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Layers;

// B batch · H query heads · K key heads · S queries · T keys · E head size
public sealed class AttentionTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    private readonly Generator _generator = new(11, CPU);

    public void Dispose()
    {
        _generator.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(4, 4, ScalarType.Float32, 1e-5)]
    [InlineData(6, 2, ScalarType.Float32, 1e-5)]
    [InlineData(6, 1, ScalarType.Float32, 1e-5)]
    [InlineData(6, 2, ScalarType.BFloat16, 3e-2)]
    public void Grouped_heads_attend_as_the_formula_says(long heads, long keyHeads, ScalarType dtype, double tolerance)
    {
        var (q, k, v) = (Random(2, heads, 5, 8), Random(2, keyHeads, 7, 8), Random(2, keyHeads, 7, 8));
        Near(Formula(q, k, v, null, 1 / Math.Sqrt(8)), Attention.Attend(q.to(dtype), k.to(dtype), v.to(dtype)), tolerance);
        Near(Formula(q, k, v, null, 0.2), Attention.Attend(q.to(dtype), k.to(dtype), v.to(dtype), scale: 0.2), tolerance);
    }

    [Fact]
    public void Hidden_keys_have_no_influence()
    {
        var (q, k, v) = (Random(2, 4, 3, 8), Random(2, 2, 6, 8), Random(2, 2, 6, 8));
        var mask = tensor([true, true, true, false, false, false, true, true, true, true, true, false]).view(2, 1, 1, 6);
        var expected = Attention.Attend(q, k, v, mask);
        Near(Formula(q, k, v, mask, 1 / Math.Sqrt(8)), expected, 1e-5);
        Near(Attention.Attend(q[..1], k[..1, .., ..3], v[..1, .., ..3]), expected[..1], 1e-5);
    }

    [Fact]
    public void Causal_mask_hides_what_comes_later()
    {
        var (q, k, v) = (Random(1, 4, 5, 8), Random(1, 2, 5, 8), Random(1, 2, 5, 8));
        var mask = ones(5, 5, dtype: ScalarType.Bool).tril().view(1, 1, 5, 5);
        Near(Formula(q, k, v, mask, 1 / Math.Sqrt(8)), Attention.Attend(q, k, v, mask), 1e-5);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Row_that_may_look_nowhere_is_not_nan(ScalarType dtype)
    {
        var (q, k, v) = (Random(1, 2, 3, 8), Random(1, 2, 4, 8), Random(1, 2, 4, 8));
        var result = Attention.Attend(q.to(dtype), k.to(dtype), v.to(dtype), zeros(1, 1, 1, 4, dtype: ScalarType.Bool));
        Near(v.mean([2], keepdim: true).expand(1, 2, 3, 8), result, 2e-2);
    }

    [Fact]
    public void Many_scores_are_computed_in_parts_with_the_same_result()
    {
        var (q, k, v) = (Random(1, 8, 1700, 4), Random(1, 4, 1700, 4), Random(1, 4, 1700, 4));
        var mask = ones(1, 1, 1, 1700, dtype: ScalarType.Bool);
        mask.narrow(3, 1500, 200).zero_();
        var whole = Attention.Attend(q, k, v, mask);
        for (var head = 0; head < 8; head++)
        {
            var (one, key) = (q.narrow(1, head, 1), head / 2);
            Near(Attention.Attend(one, k.narrow(1, key, 1), v.narrow(1, key, 1), mask), whole.narrow(1, head, 1), 1e-5);
        }
    }

    [Fact]
    public void Gradients_flow_to_queries_keys_and_values()
    {
        var (q, k, v) = (Random(1, 4, 3, 8).requires_grad_(), Random(1, 2, 5, 8).requires_grad_(), Random(1, 2, 5, 8).requires_grad_());
        var mask = tensor([true, true, true, true, false]).view(1, 1, 1, 5);
        Attention.Attend(q, k, v, mask).square().sum().backward();
        var (qg, kg, vg) = (q.grad!.clone(), k.grad!.clone(), v.grad!.clone());
        var (q2, k2, v2) = (q.detach().clone().requires_grad_(), k.detach().clone().requires_grad_(), v.detach().clone().requires_grad_());
        Formula(q2, k2, v2, mask, 1 / Math.Sqrt(8)).square().sum().backward();
        Near(q2.grad!, qg, 1e-4);
        Near(k2.grad!, kg, 1e-4);
        Near(v2.grad!, vg, 1e-4);
    }

    private static Tensor Formula(Tensor q, Tensor k, Tensor v, Tensor? mask, double scale)
    {
        var group = q.shape[1] / k.shape[1];
        var scores = q.matmul(k.repeat_interleave(group, dim: 1).transpose(-2, -1)) * scale; // [B, H, S, T]
        scores = mask is null ? scores : scores.masked_fill(mask.logical_not(), double.NegativeInfinity);
        return scores.softmax(-1).matmul(v.repeat_interleave(group, dim: 1));                // [B, H, S, E]
    }

    private static void Near(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        var worst = (expected.detach().to(ScalarType.Float32) - actual.detach().to(ScalarType.Float32)).abs().max().item<float>();
        Assert.True(worst <= tolerance, $"Off by {worst}, tolerance {tolerance}.");
    }

    private Tensor Random(params long[] shape) => randn(shape, generator: _generator);
}

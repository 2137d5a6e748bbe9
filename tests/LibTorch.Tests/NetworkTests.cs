using static TorchSharp.torch.nn;

namespace LibTorch.Tests;

public sealed class NetworkTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly Tensor _a = torch.tensor([1.0, 2.0, 3.0, 4.0], [2, 2]);
    private readonly Tensor _b = torch.tensor([5.0, 6.0, 7.0, 8.0], [2, 2]);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Matrices_multiply()
    {
        Check.Same(_a.matmul(_b), 19, 22, 43, 50);
        Check.Same(torch.mm(_a, _b), 19, 22, 43, 50);
        Check.Same(_a.mv(_b[0]), 17, 39);
        Check.Same(_a[0].dot(_b[0]), 17);
        Check.Same(_a[0].outer(_b[0]), 5, 6, 10, 12);
        Check.Same(_a.unsqueeze(0).bmm(_b.unsqueeze(0)), 19, 22, 43, 50);
        Check.Same(torch.addmm(_a, _a, _b, 2, 1), 21, 26, 49, 58);
        Check.Same(_a.clone().addmm_(_a, _b), 20, 24, 46, 54);
        Check.Same(torch.baddbmm(_a.unsqueeze(0), _a.unsqueeze(0), _b.unsqueeze(0), beta: 0), 19, 22, 43, 50);
        Check.Same(torch.einsum("ij,jk->ki", _a, _b), 19, 43, 22, 50);
    }

    [Fact]
    public void Linear_multiplies_by_rows_of_weights()
    {
        Check.Same(functional.linear(_a, _b), 17, 23, 39, 53);
        Check.Same(functional.linear(_a, _b, torch.tensor([1.0, 2.0])), 18, 25, 40, 55);
        Check.Near(functional.linear(_a.to(bfloat16), _b.to(bfloat16)), 0.5, 17, 23, 39, 53);
    }

    [Fact]
    public void Embedding_takes_rows()
    {
        Check.Same(functional.embedding(torch.tensor([1L, 0L]), _a), 3, 4, 1, 2);
        Check.Same(functional.one_hot(torch.tensor([1L]), 3), 0, 1, 0);
    }

    [Fact]
    public void Convolutions_slide_their_kernel()
    {
        var x = torch.arange(9, dtype: float32).view(1, 1, 3, 3);
        var k = torch.ones(1, 1, 2, 2);
        Check.Same(functional.conv2d(x, k), 8, 12, 20, 24);
        Check.Same(functional.conv2d(x, k, torch.tensor([1f])), 9, 13, 21, 25);
        Check.Same(functional.conv2d(x, k, strides: [2], padding: [1]), 0, 3, 9, 24);
        Check.Same(functional.conv2d(x, k, dilation: [2]), 16);
        Check.Same(functional.conv2d(torch.cat([x, x], 1), k.repeat(2, 1, 1, 1), groups: 2)[0, 1], 8, 12, 20, 24);
        Check.Same(functional.conv1d(x[0], torch.ones([1, 3, 2])), 21, 27);
        Check.Same(functional.conv3d(x.unsqueeze(0), torch.ones([1, 1, 1, 2, 2])), 8, 12, 20, 24);
        Check.Same(functional.conv2d(Accelerator.ChannelsLast(x), k), 8, 12, 20, 24);
        Check.Same(functional.avg_pool2d(x, [2], [1]), 2, 3, 5, 6);
        Check.Same(functional.max_pool2d(x, [2], [1]), 4, 5, 7, 8);
        Check.Shape(functional.unfold(x, 2), 1, 4, 4);
    }

    [Fact]
    public void Norms_centre_and_scale()
    {
        var x = torch.tensor([1f, 3f, 10f, 30f], [1, 4]);
        Check.Near(functional.layer_norm(x[.., ..2], [2], eps: 0), 1e-6, -1, 1);
        Check.Near(functional.layer_norm(x[.., ..2], [2], torch.tensor([2f, 3f]), torch.tensor([1f, 0f]), 0), 1e-5, -1, 3);
        Check.Near(functional.group_norm(x, 2, eps: 0), 1e-5, -1, 1, -1, 1);
        Check.Near(functional.group_norm(x, 2, torch.full(4, 2.0), torch.ones(4), 0), 1e-5, -1, 3, -1, 3);
        Check.Near(functional.normalize(torch.tensor([3f, 4f], [1, 2])), 1e-6, 0.6, 0.8);
    }

    [Fact]
    public void Activations_as_functions()
    {
        var x = torch.tensor([-1.0, 1.0]);
        Check.Near(functional.silu(x), 1e-6, -0.2689414, 0.7310586);
        Check.Near(functional.gelu(x), 1e-6, -0.1586553, 0.8413447);
        Check.Near(functional.sigmoid(x), 1e-6, 0.2689414, 0.7310586);
        Check.Near(functional.tanh(x), 1e-6, -0.7615942, 0.7615942);
        Check.Near(functional.softmax(x, 0), 1e-6, 0.1192029, 0.8807971);
        Check.Near(functional.log_softmax(x, 0), 1e-6, -2.1269280, -0.1269280);
        Check.Near(functional.softplus(x), 1e-6, 0.3132617, 1.3132617);
        Check.Near(functional.leaky_relu(x, 0.1), 1e-6, -0.1, 1);
        Check.Same(functional.relu(x, inplace: true), 0, 1);
        Check.Same(x, 0, 1);
        Check.Same(functional.dropout(x, 0.5, training: false), 0, 1);
        Check.Same(functional.dropout(x, 1.0), 0, 0);
    }

    [Fact]
    public void Attention_weighs_values_by_likeness()
    {
        // One query like the second key: scores 0 and 2·ln 3 before the scale of 1/2.
        var q = torch.tensor([1.0, 0, 0, 0], [1, 1, 1, 4]);
        var k = torch.tensor([0, 0, 0, 0, 2 * Math.Log(3), 0, 0, 0], [1, 1, 2, 4]);
        var v = torch.tensor([0, 0, 0, 0, 4.0, 8.0, 0, 0], [1, 1, 2, 4]);
        Check.Near(functional.scaled_dot_product_attention(q, k, v), 1e-6, 3, 6, 0, 0);
        Check.Near(Accelerator.ScaledDotProductAttention(q, k, v, scale: 1), 1e-6, 3.6, 7.2, 0, 0);
        var onlyFirst = torch.tensor([true, false], [1, 1, 1, 2]);
        Check.Near(functional.scaled_dot_product_attention(q, k, v, onlyFirst), 1e-6, 0, 0, 0, 0);
        var bias = torch.tensor([double.NegativeInfinity, 0], [1, 1, 1, 2]);
        Check.Near(functional.scaled_dot_product_attention(q, k, v, bias), 1e-6, 4, 8, 0, 0);
        var causal = functional.scaled_dot_product_attention(q.repeat(1, 1, 2, 1), k, v, is_casual: true);
        Check.Near(causal[0, 0], 1e-6, 0, 0, 0, 0, 3, 6, 0, 0);
    }

    [Fact]
    public void Losses_measure_the_distance()
    {
        var (x, y) = (torch.tensor([1.0, 2.0]), torch.tensor([3.0, 2.5]));
        Check.Near(functional.mse_loss(x, y), 1e-9, 2.125);
        Check.Near(functional.mse_loss(x, y, Reduction.Sum), 1e-9, 4.25);
        Check.Near(functional.l1_loss(x, y, Reduction.None), 1e-9, 2, 0.5);
        Check.Near(functional.smooth_l1_loss(x, y, Reduction.None), 1e-9, 1.5, 0.125);
        var logits = torch.tensor([0, Math.Log(3)], [1, 2]);
        Check.Near(functional.cross_entropy(logits, torch.tensor([1L])), 1e-9, -Math.Log(0.75));
        Check.Near(functional.cross_entropy(logits, torch.tensor([-100L]), reduction: Reduction.Sum), 1e-9, 0);
        Check.Near(functional.binary_cross_entropy_with_logits(torch.tensor([0.0]), torch.tensor([1.0])), 1e-9, Math.Log(2));
    }

    [Fact]
    public void Pictures_get_edges()
    {
        var x = torch.tensor([1f, 2f, 3f], [1, 1, 3]);
        Check.Same(functional.pad(x, [1, 2]), 0, 1, 2, 3, 0, 0);
        Check.Same(functional.pad(x, (1, 0), value: 9), 9, 1, 2, 3);
        Check.Same(functional.pad(x, (1, 1), PaddingModes.Reflect), 2, 1, 2, 3, 2);
        Check.Same(functional.pad(x, (1, 1), PaddingModes.Replicate), 1, 1, 2, 3, 3);
        Check.Same(functional.pad(x, (1, 0), PaddingModes.Circular), 3, 1, 2, 3);
        Check.Shape(functional.pad(torch.zeros(1, 1, 2, 2), (0, 1, 0, 1)), 1, 1, 3, 3);
    }

    [Fact]
    public void Pictures_change_size()
    {
        var x = torch.tensor([1f, 2f, 3f, 4f], [1, 1, 2, 2]);
        Check.Same(functional.interpolate(x, scale_factor: [2.0]), 1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
        Check.Same(functional.interpolate(x, size: [1, 1], mode: InterpolationMode.Bilinear), 2.5);
        Check.Near(functional.interpolate(x, [3, 3], mode: InterpolationMode.Bilinear, align_corners: true), 1e-6, 1, 1.5, 2, 2, 2.5, 3, 3, 3.5, 4);
        Check.Same(functional.interpolate(x, size: [1], mode: InterpolationMode.Area), 2.5);
        Check.Shape(functional.interpolate(x, [5, 7], mode: InterpolationMode.Bicubic, antialias: true), 1, 1, 5, 7);
        Check.Same(functional.interpolate(x, [2, 4], mode: InterpolationMode.NearestExact), 1, 1, 2, 2, 3, 3, 4, 4);
        Assert.Throws<ArgumentException>(() => functional.interpolate(x));
    }
}

using static TorchSharp.torch.nn;

namespace LibTorch.Tests;

public sealed class AutogradTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Backward_gathers_gradients_in_the_leaves()
    {
        var x = torch.tensor([1.0, 2.0], requires_grad: true);
        Assert.True(x.is_leaf);
        Assert.Null(x.grad);
        (x * x * 3).sum().backward();
        Check.Same(x.grad!, 6, 12);
        (x * 2).sum().backward();
        Check.Same(x.grad!, 8, 14);
        x.grad!.zero_();
        Check.Same(x.grad!, 0, 0);
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void A_linear_layer_has_the_gradients_of_the_books()
    {
        // loss = sum(x·Wᵀ + b), so dW = [sum x], db = rows, dx = column sums of W.
        var x = torch.tensor([1.0, 2.0, 3.0, 4.0], [2, 2], requires_grad: true);
        var w = torch.tensor([5.0, 6.0, 7.0, 8.0], [2, 2]).requires_grad_();
        var b = torch.zeros([2], dtype: float64, requires_grad: true);
        functional.linear(x, w, b).sum().backward();
        Check.Same(w.grad!, 4, 6, 4, 6);
        Check.Same(b.grad!, 2, 2);
        Check.Same(x.grad!, 12, 14, 12, 14);
    }

    [Fact]
    public void Gradients_on_demand_leave_the_leaves_alone()
    {
        var x = torch.tensor(3.0, requires_grad: true);
        var y = x.pow(3);
        var first = torch.autograd.grad([y], [x], create_graph: true)[0];
        var second = torch.autograd.grad([first], [x])[0];
        Check.Same(first, 27);
        Check.Same(second, 18);
        Assert.Null(x.grad);
        Check.Same(torch.autograd.grad([x * torch.ones([2], dtype: float64)], [x], [torch.tensor([1.0, 10.0])])[0], 11);
    }

    [Fact]
    public void An_input_that_is_not_used_has_an_undefined_gradient()
    {
        var x = torch.tensor(3.0, requires_grad: true);
        var unused = torch.tensor(1.0, requires_grad: true);
        Assert.Throws<TorchException>(() => torch.autograd.grad([x * 2], [unused]));
        var gradients = torch.autograd.grad([x * 2], [x, unused], allow_unused: true);
        Check.Same(gradients[0], 2);
        Assert.Null(gradients[1]);
    }

    [Fact]
    public void A_seed_weighs_the_outputs()
    {
        var x = torch.tensor([1.0, 2.0], requires_grad: true);
        var y = x * x;
        y.backward([torch.tensor([1.0, 10.0])], retain_graph: true);
        Check.Same(x.grad!, 2, 40);
        torch.autograd.backward(y, torch.tensor([1.0, 0.0]));
        Check.Same(x.grad!, 4, 40);
    }

    [Fact]
    public void Within_no_grad_nothing_is_recorded()
    {
        var x = torch.tensor(1.0, requires_grad: true);
        using (torch.no_grad())
        {
            Assert.False(torch.is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (torch.enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }

            x.add_(1);
        }

        Assert.True(torch.is_grad_enabled());
        Assert.True((x * 2).requires_grad);
        Assert.False(x.detach().requires_grad);
        Assert.False((x * 2).detach_().requires_grad);
    }

    [Fact]
    public void Within_inference_mode_nothing_can_ever_be_recorded()
    {
        Tensor made;
        using (torch.inference_mode())
        {
            Assert.True(torch.is_inference_mode_enabled());
            made = torch.ones(2) * 2;
        }

        Assert.False(torch.is_inference_mode_enabled());
        var weight = torch.ones([2], requires_grad: true);
        Assert.Throws<TorchException>(() => (made * weight).sum().backward());
    }

    [Fact]
    public void A_middle_of_the_graph_keeps_its_gradient_when_asked()
    {
        var x = torch.tensor(2.0, requires_grad: true);
        var y = x * x;
        y.retain_grad();
        (y * 5).backward();
        Check.Same(y.grad!, 5);
        Assert.False(y.is_leaf);
    }

    [Fact]
    public void One_step_of_AdamW_is_what_its_formula_says()
    {
        const double rate = 0.1, beta1 = 0.9, beta2 = 0.99, eps = 1e-8, decay = 0.5;
        var p = torch.tensor(1.0, requires_grad: true);
        var (m, v) = (p.zeros_like(), p.zeros_like());
        (p * 3).backward();
        using (torch.no_grad())
        {
            var g = p.grad!;
            m.mul_(beta1).add_(g, 1 - beta1);
            v.mul_(beta2).addcmul_(g, g, 1 - beta2);
            p.mul_(1 - (rate * decay)).addcdiv_(m, (v / (1 - beta2)).sqrt_().add_(eps), -rate / (1 - beta1));
        }

        Check.Near(p, 1e-7, 0.95 - 0.1);
    }

    [Fact]
    public void Products_run_narrow_within_autocast_and_gradients_arrive_wide()
    {
        var x = torch.ones(2, 4);
        var w = torch.ones([3, 4], requires_grad: true);
        using (Accelerator.Autocast(bfloat16))
        {
            Assert.Equal(bfloat16, functional.linear(x, w).dtype);
            using (Accelerator.Autocast(null))
            {
                Assert.Equal(float32, functional.linear(x, w).dtype);
            }

            var y = functional.linear(x, w);
            Assert.Equal(bfloat16, y.dtype);
            y.to(float32).sum().backward();
        }

        Assert.Equal(float32, functional.linear(x, w).dtype);
        Assert.Equal(float32, w.grad!.dtype);
        Check.Same(w.grad!.sum(), 24);
    }

    [Theory]
    [InlineData("silu")]
    [InlineData("gelu")]
    [InlineData("softmax")]
    [InlineData("layer_norm")]
    [InlineData("group_norm")]
    [InlineData("conv2d")]
    [InlineData("attention")]
    [InlineData("embedding")]
    [InlineData("interpolate")]
    [InlineData("silu_mul")]
    [InlineData("rms_norm")]
    public void Gradients_agree_with_small_differences(string name)
    {
        torch.manual_seed(1);
        var x = torch.randn([1, 4, 4, 4], dtype: float64, requires_grad: true);
        var k = torch.randn([4, 4, 3, 3], dtype: float64);
        Func<Tensor, Tensor> f = name switch
        {
            "silu" => t => functional.silu(t),
            "gelu" => functional.gelu,
            "softmax" => t => t.softmax(-1).square(),
            "layer_norm" => t => functional.layer_norm(t, [4]).pow(3),
            "group_norm" => t => functional.group_norm(t, 2).pow(3),
            "conv2d" => t => functional.conv2d(t, k, padding: [1]).square(),
            "attention" => t => functional.scaled_dot_product_attention(t, t * 2, t + 1).square(),
            "embedding" => t => functional.embedding(torch.tensor([1L, 3L]), t.view(16, 4)).square(),
            "interpolate" => t => functional.interpolate(t, scale_factor: [2.0]).square(),
            "silu_mul" => t => Accelerator.SiluMul(t, t + 1),
            _ => t => Accelerator.RmsNorm(t, null, 1e-5).pow(3),
        };
        f(x).sum().backward();
        using var off = torch.no_grad();
        var direction = torch.randn_like(x);
        var slope = (f(x + (direction * 1e-6)).sum() - f(x - (direction * 1e-6)).sum()).ToDouble() / 2e-6;
        Assert.Equal(slope, (x.grad! * direction).sum().ToDouble(), 1e-5 * Math.Max(1, Math.Abs(slope)));
    }
}

using OmniGen2.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training;

public sealed class OptimizerTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void AdamW_takes_the_steps_of_the_formula()
    {
        // By hand for p = 2, g = 0.5 then −1, lr = 0.1, betas 0.9 and 0.95, eps = 0.25, decay 0.2:
        // 1: m = 0.05, v = 0.0125, m̂ = 0.5, v̂ = 0.25, p = 2·0.98 − 0.1·0.5/0.75 = 1.8933333…
        // 2: m = −0.055, v = 0.061875, m̂ = −0.055/0.19, v̂ = 0.061875/0.0975, p = 1.8933333·0.98 + 0.1·0.2894737/(0.7966286 + 0.25)
        var p = Leaf([2.0], [1]);
        using var adam = new AdamW([Group(("p", p), rate: 0.1, decay: 0.2)], 0.9, 0.95, 0.25);
        Move(adam, p, 0.5);
        Assert.Equal(1.96 - (0.05 / 0.75), p.item<double>(), 1e-14);
        Move(adam, p, -1);
        var expected = ((1.96 - (0.05 / 0.75)) * 0.98) + (0.1 * (0.055 / 0.19) / (Math.Sqrt(0.061875 / 0.0975) + 0.25));
        Assert.Equal(expected, p.item<double>(), 1e-14);
    }

    [Fact]
    public void The_schedule_and_the_group_scale_a_step()
    {
        var (slow, fast) = (Leaf([1.0], [1]), Leaf([1.0], [1]));
        using var adam = new AdamW([Group(("slow", slow), rate: 0.1), Group(("fast", fast), rate: 0.2)], eps: 0);
        slow.grad = torch.tensor([3.0]);
        fast.grad = torch.tensor([-0.01]);
        adam.Step(rate: 0.5);
        Assert.Equal(0.95, slow.item<double>(), 1e-14);
        Assert.Equal(1.1, fast.item<double>(), 1e-14);
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays_and_its_bias_correction_waits()
    {
        var p = Leaf([1.0], [1]);
        using var adam = new AdamW([Group(("p", p), rate: 0.1, decay: 0.5)], eps: 0);
        adam.Step();
        Assert.Equal(1.0, p.item<double>());
        Assert.Empty(adam.State);
        Move(adam, p, 7);
        Assert.Equal(0.95 - 0.1, p.item<double>(), 1e-14);
    }

    [Fact]
    public void One_round_of_the_iteration_lifts_singular_values_by_its_polynomial()
    {
        // A diagonal matrix stays diagonal, and its values run through f(s) = 3.4445·s − 4.775·s³ + 2.0315·s⁵ five times, from s / ‖s‖.
        double[] values = [3, 0.4, 0.05];
        var norm = Math.Sqrt(values.Sum(s => s * s)) + 1e-7;
        var matrix = torch.tensor(values).diag().unsqueeze(0);
        var result = Muon.Orthogonalize(matrix, ScalarType.Float64).squeeze(0);
        for (var i = 0; i < values.Length; i++)
        {
            var s = values[i] / norm;
            for (var round = 0; round < 5; round++)
            {
                s = (3.4445 * s) - (4.775 * Math.Pow(s, 3)) + (2.0315 * Math.Pow(s, 5));
            }

            Assert.Equal(s, result[i, i].item<double>(), 1e-12);
        }

        Assert.Equal(0, result[0, 1].item<double>(), 1e-14);
    }

    [Theory]
    [InlineData(3, 7)]
    [InlineData(7, 3)]
    public void Muon_moves_along_an_orthogonal_matrix_of_Adams_size(long rows, long columns)
    {
        using var generator = new Generator(5, CPU);
        var start = torch.randn([rows, columns], dtype: ScalarType.Float64, generator: generator);
        var p = start.clone().requires_grad_();
        using var muon = new Muon([Group(("p", p), rate: 0.01, decay: 0.1)], precision: ScalarType.Float64);
        var gradient = torch.randn([rows, columns], dtype: ScalarType.Float64, generator: generator);
        p.grad = gradient;
        muon.Step();

        // The first Nesterov gradient is 1.95 times the gradient, whose length does not matter.
        using var noGrad = torch.no_grad();
        var step = ((start * (1 - 0.001)) - p) / (0.01 * 0.2 * Math.Sqrt(7));
        var gram = rows < columns ? step.matmul(step.t()) : step.t().matmul(step);
        var expected = Muon.Orthogonalize(gradient.unsqueeze(0), ScalarType.Float64).squeeze(0);
        Assert.True((step - expected).abs().max().item<double>() < 1e-6);
        Assert.All(Enumerable.Range(0, 3), i => Assert.InRange(gram[i, i].item<double>(), 0.3, 1.6));
        Assert.True((gradient * step).sum().item<double>() > 0);
    }

    [Fact]
    public void Muon_remembers_its_past_as_Nesterov_does()
    {
        // A 1×1 matrix becomes f⁵(±1) whatever its size, so only the sign of g + 0.95·m is seen: m = 4, then 3.8 − 1 = 2.8 and g + 0.95·m = 1.66 > 0.
        var p = Leaf([0.0], [1, 1]);
        using var muon = new Muon([Group(("p", p), rate: 1)], precision: ScalarType.Float64);
        p.grad = torch.tensor([4.0], [1, 1]);
        muon.Step();
        var once = p.item<double>();
        p.grad = torch.tensor([-1.0], [1, 1]);
        muon.Step();
        Assert.True(once < 0);
        Assert.Equal(2 * once, p.item<double>(), 1e-6);
        Assert.Equal(2.8, muon.State["p.momentum"].item<double>(), 1e-14);
    }

    [Fact]
    public void Muon_refuses_a_vector_by_name()
    {
        var p = Leaf([1.0, 2.0], [2]);
        using var muon = new Muon([Group(("norm.weight", p), rate: 1)]);
        p.grad = torch.tensor([1.0, 1.0]);
        Assert.Contains("'norm.weight' is [2]", Assert.Throws<ArgumentException>(() => muon.Step()).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_restored_optimiser_goes_on_bit_by_bit(bool matrices)
    {
        var (whole, half) = (Random([6, 4]), Random([6, 4]));
        using var undisturbed = Make(whole);
        using var before = Make(half);
        Walk(undisturbed, whole, 0, 8);
        Walk(before, half, 0, 4);
        using var after = Make(half);
        after.Restore(before.State.ToDictionary(s => s.Key, s => s.Value.clone()));
        before.Dispose();
        Walk(after, half, 4, 8);
        Assert.Equal(whole.Floats(), half.Floats());

        Optimizer Make(Tensor p) => matrices ? new Muon([Group(("p", p), rate: 0.02)]) : new AdamW([Group(("p", p), rate: 0.02)]);
    }

    [Fact]
    public void A_state_of_another_architecture_is_refused()
    {
        var p = Leaf([1.0, 2.0], [2]);
        using var adam = new AdamW([Group(("p", p), rate: 1)]);
        var fault = Assert.Throws<ModelException>(() => adam.Restore(new Dictionary<string, Tensor> { ["p.mean"] = torch.zeros([3]) }));
        Assert.Contains("'p.mean' [3]", fault.Message);
        Assert.Throws<ModelException>(() => adam.Restore(new Dictionary<string, Tensor> { ["q.mean"] = torch.zeros([2]) }));
    }

    [Fact]
    public void Clipping_shortens_all_gradients_together()
    {
        var (a, b, unused) = (Leaf([0.0], [1]), Leaf([0.0, 0.0], [2]), Leaf([0.0], [1]));
        a.grad = torch.tensor([3.0]);
        b.grad = torch.tensor([0.0, 4.0]);
        Assert.Equal(5, GradientNorm.Clip([a, b, unused], 10), 1e-12);
        Assert.Equal(3, a.grad!.item<double>());
        Assert.Equal(5, GradientNorm.Clip([a, b, unused], 1), 1e-12);
        Assert.Equal(0.6, a.grad!.item<double>(), 1e-12);
        Assert.Equal(0.8, b.grad![1].item<double>(), 1e-12);
        a.grad = torch.tensor([double.NaN]);
        Assert.Equal(double.NaN, GradientNorm.Clip([a, b], 1));
    }

    private static void Walk(Optimizer optimizer, Tensor p, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            using var generator = new Generator((ulong)step + 100, CPU);
            p.grad = torch.randn(p.shape, dtype: ScalarType.Float32, generator: generator);
            optimizer.Step();
        }
    }

    private static void Move(Optimizer optimizer, Tensor p, double gradient)
    {
        p.grad = torch.tensor([gradient]);
        optimizer.Step();
    }

    private static ParameterGroup Group((string Name, Tensor Parameter) one, double rate, double decay = 0) =>
        new(new Dictionary<string, Tensor> { [one.Name] = one.Parameter }, rate, decay);

    private static Tensor Leaf(double[] values, long[] shape) => torch.tensor(values, shape).requires_grad_();

    private static Tensor Random(long[] shape)
    {
        using var generator = new Generator(1, CPU);
        return torch.randn(shape, dtype: ScalarType.Float32, generator: generator).requires_grad_();
    }
}

namespace LibTorch.Tests;

public sealed class PointwiseTests : IDisposable
{
    private static readonly double[] Values = [0.25, 0.5, 0.75];

    private readonly DisposeScope _scope = torch.NewDisposeScope();

    /// <summary>Name, the function, its in-place twin, the same in C#.</summary>
    public static TheoryData<string, Func<Tensor, Tensor>, Func<Tensor, Tensor>, Func<double, double>> Functions => new()
    {
        { "abs", x => x.abs(), x => x.abs_(), Math.Abs },
        { "neg", x => -x, x => x.neg_(), x => -x },
        { "sign", x => x.sign(), x => x.sign_(), x => Math.Sign(x) },
        { "reciprocal", x => x.reciprocal(), x => x.reciprocal_(), x => 1 / x },
        { "sqrt", x => x.sqrt(), x => x.sqrt_(), Math.Sqrt },
        { "rsqrt", x => x.rsqrt(), x => x.rsqrt_(), x => 1 / Math.Sqrt(x) },
        { "exp", x => x.exp(), x => x.exp_(), Math.Exp },
        { "exp2", x => x.exp2(), x => x.exp2_(), x => Math.Pow(2, x) },
        { "expm1", x => x.expm1(), x => x.expm1_(), x => Math.Exp(x) - 1 },
        { "log", x => x.log(), x => x.log_(), Math.Log },
        { "log2", x => x.log2(), x => x.log2_(), Math.Log2 },
        { "log10", x => x.log10(), x => x.log10_(), Math.Log10 },
        { "log1p", x => x.log1p(), x => x.log1p_(), x => Math.Log(1 + x) },
        { "sin", x => x.sin(), x => x.sin_(), Math.Sin },
        { "cos", x => x.cos(), x => x.cos_(), Math.Cos },
        { "tan", x => x.tan(), x => x.tan_(), Math.Tan },
        { "asin", x => x.asin(), x => x.asin_(), Math.Asin },
        { "acos", x => x.acos(), x => x.acos_(), Math.Acos },
        { "atan", x => x.atan(), x => x.atan_(), Math.Atan },
        { "sinh", x => x.sinh(), x => x.sinh_(), Math.Sinh },
        { "cosh", x => x.cosh(), x => x.cosh_(), Math.Cosh },
        { "tanh", x => x.tanh(), x => x.tanh_(), Math.Tanh },
        { "floor", x => x.floor(), x => x.floor_(), Math.Floor },
        { "ceil", x => x.ceil(), x => x.ceil_(), Math.Ceiling },
        { "trunc", x => x.trunc(), x => x.trunc_(), Math.Truncate },
        { "frac", x => (x + 3).frac(), x => x.add_(3).frac_(), x => x },
        { "sigmoid", x => x.sigmoid(), x => x.sigmoid_(), x => 1 / (1 + Math.Exp(-x)) },
        { "relu", x => (x - 0.5).relu(), x => x.sub_(0.5).relu_(), x => Math.Max(0, x - 0.5) },
        { "silu", x => x.silu(), x => x.silu_(), x => x / (1 + Math.Exp(-x)) },
        { "round", x => x.round(1), x => x.round_(1), x => Math.Round(x, 1) },
        { "erfinv of erf", x => x.erf().erfinv(), x => x.erf_().erfinv_(), x => x },
        { "erfc", x => 1 - x.erfc(), x => x.erfc_().mul_(-1).add_(1).erfinv_().erf_(), Erf },
        { "square", x => x.square(), x => x.pow_(2), x => x * x },
        { "pow", x => x.pow(1.5), x => x.pow_(1.5), x => Math.Pow(x, 1.5) },
        { "softplus", x => x.softplus(), x => x.exp_().add_(1).log_(), x => Math.Log(1 + Math.Exp(x)) },
        { "leaky_relu", x => (-x).leaky_relu(0.1), x => x.mul_(-0.1), x => -0.1 * x },
        { "gelu", x => x.gelu(), x => x.copy_(x.gelu()), x => 0.5 * x * (1 + Erf(x / Math.Sqrt(2))) },
        { "gelu tanh", x => x.gelu(TorchSharp.Modules.GELU.Approximate.tanh), x => torch.nn.functional.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh, inplace: true), GeluTanh },
    };

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_of_every_element(string name, Func<Tensor, Tensor> function, Func<Tensor, Tensor> inPlace, Func<double, double> expected)
    {
        Assert.NotEmpty(name);
        var x = torch.tensor(Values);
        var y = x.clone();
        Check.Near(function(x), 1e-9, [.. Values.Select(expected)]);
        Check.Same(x, Values);
        Assert.Same(y, inPlace(y));
        Check.Near(y, 1e-9, [.. Values.Select(expected)]);
    }

    [Fact]
    public void What_is_no_number_is_found_and_replaced()
    {
        var x = torch.tensor([1f, float.NaN, float.PositiveInfinity]);
        Check.Same(x.isnan(), 0, 1, 0);
        Check.Same(x.isinf(), 0, 0, 1);
        Check.Same(x.isfinite(), 1, 0, 0);
        Check.Same(x.nan_to_num(7)[1], 7);
    }

    [Fact]
    public void Bits_and_truths_are_inverted()
    {
        Check.Same(torch.tensor([0, 5]).bitwise_not(), -1, -6);
        Check.Same(~torch.tensor([true, false]), 0, 1);
        Check.Same(torch.tensor([0, 5]).logical_not(), 1, 0);
    }

    [Fact]
    public void Softmax_sums_to_one()
    {
        var x = torch.tensor([0f, MathF.Log(3)]);
        Check.Near(x.softmax(-1), 1e-6, 0.25, 0.75);
        Check.Near(x.log_softmax(-1), 1e-6, Math.Log(0.25), Math.Log(0.75));
        Assert.Equal(float32, x.to(bfloat16).softmax(-1, float32).dtype);
    }

    private static double GeluTanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    // The series, which converges fast for the small numbers here.
    private static double Erf(double x)
    {
        var (sum, term) = (0.0, x);
        for (var n = 0; n < 30; n++)
        {
            sum += term / ((2 * n) + 1);
            term *= -x * x / (n + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}

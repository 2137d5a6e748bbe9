using static TorchSharp.torch;

namespace OmniGen2.Training.Optimizers;

/// <summary>Adam with decoupled weight decay: p ← p·(1 − lr·decay) − lr · m̂ / (√v̂ + eps).</summary>
public sealed class AdamW(IReadOnlyList<ParameterGroup> groups, double beta1 = 0.9, double beta2 = 0.95, double eps = 1e-8) : Optimizer(groups)
{
    protected override void Update(ParameterGroup group, IReadOnlyList<MovedParameter> moved, double learningRate)
    {
        foreach (var (name, parameter, gradient) in moved)
        {
            using var scope = NewDisposeScope();
            var steps = Remember($"{name}.steps", () => zeros([], dtype: ScalarType.Int64)).add_(1).item<long>();
            var mean = Remember($"{name}.mean", () => zeros_like(parameter));
            var square = Remember($"{name}.square", () => zeros_like(parameter));
            mean.mul_(beta1).add_(gradient, 1 - beta1);
            square.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);

            var deviation = square.sqrt().div_(Math.Sqrt(1 - Math.Pow(beta2, steps))).add_(eps);
            parameter.mul_(1 - (learningRate * group.WeightDecay));
            parameter.addcdiv_(mean, deviation, -learningRate / (1 - Math.Pow(beta1, steps)));
        }
    }
}

using static TorchSharp.torch;

namespace OmniGen2.Training.Optimizers;

/// <summary>The length of all gradients taken as one vector.</summary>
public static class GradientNorm
{
    /// <summary>Shortens the gradients together to at most this length, and says how long they were; a length that is no number leaves them alone.</summary>
    public static double Clip(IEnumerable<Tensor> parameters, double longest)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var gradients = parameters.Select(p => p.grad).OfType<Tensor>().ToList();
        if (gradients.Count == 0)
        {
            return 0;
        }

        var norm = stack(gradients.Select(g => g.norm())).norm().to(ScalarType.Float64).item<double>();
        if (norm > longest && double.IsFinite(norm))
        {
            foreach (var gradient in gradients)
            {
                gradient.mul_(longest / norm);
            }
        }

        return norm;
    }
}

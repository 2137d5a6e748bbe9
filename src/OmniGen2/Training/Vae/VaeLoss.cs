using System.Globalization;
using OmniGen2.Models.Vae;
using static TorchSharp.torch;

namespace OmniGen2.Training.Vae;

/// <summary>What counts as a bad copy of a picture, by weight; pictures are in −1 … 1. Flat colours need neither a critic nor a perceptual loss.</summary>
public sealed record VaeLoss
{
    public double Absolute { get; init; } = 1;

    public double Squared { get; init; } = 2;

    /// <summary>Of the absolute error of differences between neighbours, which keeps outlines crisp.</summary>
    public double Gradient { get; init; } = 0.25;

    /// <summary>Of the divergence of the latents from a normal distribution.</summary>
    public double Divergence { get; init; } = 5e-4;

    /// <summary>The loss of every copy against its picture, both [B, 3, H, W]; [B].</summary>
    public Tensor Picture(Tensor copy, Tensor picture)
    {
        using var scope = NewDisposeScope();
        var error = copy.to(ScalarType.Float32) - picture;                                                            // [B, 3, H, W]
        var across = error.narrow(3, 1, error.shape[3] - 1) - error.narrow(3, 0, error.shape[3] - 1);                  // [B, 3, H, W − 1]
        var down = error.narrow(2, 1, error.shape[2] - 1) - error.narrow(2, 0, error.shape[2] - 1);                    // [B, 3, H − 1, W]
        return ((Mean(error.abs()) * Absolute) + (Mean(error.square()) * Squared) + ((Mean(across.abs()) + Mean(down.abs())) * Gradient))
            .MoveToOuterDisposeScope();
    }

    /// <summary>The loss of every posterior for being no normal distribution, a mean over its values; [B].</summary>
    public Tensor Latents(Posterior posterior)
    {
        using var scope = NewDisposeScope();
        var logVariance = posterior.LogVariance.to(ScalarType.Float32);
        var divergence = (posterior.Mean.to(ScalarType.Float32).square() + logVariance.exp() - 1 - logVariance) * 0.5;  // [B, C, h, w]
        return (Mean(divergence) * Divergence).MoveToOuterDisposeScope();
    }

    /// <summary>Refuses numbers that no run can have.</summary>
    /// <param name="source">The file or whatever a message shall name.</param>
    public void Check(string source)
    {
        foreach (var (name, weight) in new[] { ("absolute", Absolute), ("squared", Squared), ("gradient", Gradient), ("divergence", Divergence) })
        {
            if (!(weight >= 0 && double.IsFinite(weight)))
            {
                throw new ModelException(string.Create(CultureInfo.InvariantCulture, $"{source}: losses.{name} = {weight} must not be negative."));
            }
        }

        if (Absolute + Squared + Gradient == 0)
        {
            throw new ModelException($"{source}: losses are all 0 for the picture: nothing would be learnt. Give absolute, squared or gradient a weight.");
        }
    }

    private static Tensor Mean(Tensor x) => x.mean([1, 2, 3]);
}

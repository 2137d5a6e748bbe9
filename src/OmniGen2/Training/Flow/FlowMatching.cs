using static TorchSharp.torch;

namespace OmniGen2.Training.Flow;

// B samples · C channels · h w latent sides

/// <summary>Straight paths from noise to image, and the loss of a network that follows them.</summary>
public static class FlowMatching
{
    /// <summary>Points on the paths from fresh noise to the images [B, C, h, w], at times [B], with the velocity there.</summary>
    public static FlowPoint Start(Tensor image, Tensor t, Generator generator)
    {
        using var scope = NewDisposeScope();
        var noise = randn(image.shape, dtype: ScalarType.Float32, generator: generator).to(image.device);
        return Between(noise, image.to(ScalarType.Float32), t).MoveToOuterDisposeScope();
    }

    /// <summary>x = t·image + (1 − t)·noise, whose velocity is image − noise.</summary>
    public static FlowPoint Between(Tensor noise, Tensor image, Tensor t)
    {
        using var scope = NewDisposeScope();
        var share = t.to(image.device).to(image.dtype).view(-1, 1, 1, 1);
        var x = (image * share) + (noise * (1 - share));
        return new FlowPoint(x, t.alias(), image - noise).MoveToOuterDisposeScope();
    }

    /// <summary>Mean squared error of every sample, [B], in fp32.</summary>
    /// <param name="velocity">[B, C, h, w], the network's answer.</param>
    /// <param name="target">[B, C, h, w].</param>
    /// <param name="weights">[B, 1, h, w], where errors count more; mean 1.</param>
    public static Tensor Loss(Tensor velocity, Tensor target, Tensor? weights = null)
    {
        using var scope = NewDisposeScope();
        var wide = velocity.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var error = (velocity.to(wide) - target.to(wide)).square();
        return (weights is null ? error : error * weights).mean([1, 2, 3]).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Losses [B] of which none counts more than <paramref name="most"/>, with gradients shortened alike. The gradient of one hopeless sample would
    /// otherwise be that of its batch, and the optimiser's momentum for many batches to come.
    /// </summary>
    public static Tensor Cap(Tensor losses, double most)
    {
        using var scope = NewDisposeScope();
        return (losses * (most / losses.detach()).clamp(max: 1)).MoveToOuterDisposeScope();
    }

    /// <summary>Weights [B, 1, h, w] of mean 1 that favour the cells in which an edit changes its source: most of its target is a copy.</summary>
    /// <param name="target">[B, C, h, w].</param>
    /// <param name="source">[B, C, h, w].</param>
    /// <param name="changed">How often a changed cell counts.</param>
    /// <param name="threshold">Mean difference of the channels that makes a change.</param>
    public static Tensor EditWeights(Tensor target, Tensor source, double changed = 4, double threshold = 0.08)
    {
        using var scope = NewDisposeScope();
        var isChanged = (target - source).abs().mean([1], keepdim: true) > threshold;
        var weights = (isChanged.to(ScalarType.Float32) * (changed - 1)) + 1;
        return (weights / weights.mean([1, 2, 3], keepdim: true)).MoveToOuterDisposeScope();
    }
}

using static TorchSharp.torch;

namespace OmniGen2.Sampling;

/// <summary>Between tensors [1, C, h, w] and the plain arrays that leave the engine.</summary>
internal static class LatentTensors
{
    public static Tensor ToTensor(this LatentImage image, Device device)
    {
        if (image.Values.Length != (long)image.Channels * image.Height * image.Width)
        {
            throw new ModelException($"Latents of {image.Channels} × {image.Height} × {image.Width} come with {image.Values.Length} values: they are damaged.");
        }

        return tensor(image.Values, [1, image.Channels, image.Height, image.Width]).to(device);
    }

    public static LatentImage ToLatentImage(this Tensor latents)
    {
        using var scope = NewDisposeScope();
        var shape = latents.shape[^3..];
        var values = latents.detach().to_type(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        return new LatentImage((int)shape[0], (int)shape[1], (int)shape[2], values);
    }
}

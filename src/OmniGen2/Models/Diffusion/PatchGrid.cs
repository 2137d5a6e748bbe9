using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>Size of an image in patch tokens, and the way between latents and tokens.</summary>
internal readonly record struct PatchGrid(int Height, int Width)
{
    public int Count => Height * Width;

    /// <summary>Grid of a latent [B, C, h, w].</summary>
    public static PatchGrid Of(Tensor latent, int patch) => FromLatent(latent.shape[2], latent.shape[3], patch);

    public static PatchGrid FromLatent(long height, long width, int patch)
    {
        if (height <= 0 || width <= 0 || height % patch != 0 || width % patch != 0)
        {
            throw new ModelException($"Latents of {width}x{height} do not divide into patches of {patch}x{patch}: both sides must be multiples of {patch}.");
        }

        return new PatchGrid((int)(height / patch), (int)(width / patch));
    }

    /// <summary>Tokens row by row; inside a token row, column, channel, with the channel fastest.</summary>
    public Tensor Patchify(Tensor latent, int patch)
    {
        var (batch, channels) = (latent.shape[0], latent.shape[1]);
        return latent.reshape(batch, channels, Height, patch, Width, patch)
            .permute(0, 2, 4, 3, 5, 1)
            .reshape(batch, Count, patch * patch * channels);   // [B, N, p·p·C]
    }

    public Tensor Unpatchify(Tensor tokens, int patch)
    {
        var (batch, channels) = (tokens.shape[0], tokens.shape[2] / (patch * patch));
        return tokens.reshape(batch, Height, Width, patch, patch, channels)
            .permute(0, 5, 1, 3, 2, 4)
            .reshape(batch, channels, Height * patch, Width * patch);   // [B, C, h, w]
    }
}

namespace OmniGen2.Imaging;

/// <summary>A glimpse of unfinished latents without the VAE: one linear map from the channels to R, G, B, at an eighth of the picture's size.</summary>
public static class LatentPreview
{
    /// <summary>
    /// Default for the released VAE (FLUX.1's, 16 channels): published least-squares coefficients, one row of R, G, B a channel and the bias last.
    /// A checkpoint with its own fitted map says so in <see cref="ModelInfo.LatentToRgb"/>.
    /// </summary>
    public static float[][] Flux { get; } =
    [
        [-0.0412f, 0.0149f, 0.0521f], [0.0056f, 0.0291f, 0.0768f], [0.0342f, -0.0681f, -0.0427f], [-0.0258f, 0.0092f, 0.0463f],
        [0.0863f, 0.0784f, 0.0547f], [-0.0017f, 0.0402f, 0.0158f], [0.0501f, 0.1058f, 0.1152f], [-0.0209f, -0.0218f, -0.0329f],
        [-0.0314f, 0.0083f, 0.0896f], [0.0851f, 0.0665f, -0.0472f], [-0.0534f, 0.0238f, -0.0024f], [0.0452f, -0.0026f, 0.0048f],
        [0.0892f, 0.0831f, 0.0881f], [-0.1117f, -0.0304f, -0.0789f], [0.0027f, -0.0479f, -0.0043f], [-0.1146f, -0.0827f, -0.0598f],
        [0, 0, 0],
    ];

    /// <param name="latents">The clean estimate in model space.</param>
    /// <param name="latentToRgb">One row a channel plus a bias row; null: <see cref="Flux"/>.</param>
    public static RgbImage Render(LatentImage latents, float[][]? latentToRgb = null)
    {
        var map = latentToRgb ?? Flux;
        if (map.Length != latents.Channels + 1 || map.Any(row => row.Length != 3))
        {
            throw new ModelException(
                $"The preview map has {map.Length} rows, but latents of {latents.Channels} channels need {latents.Channels + 1} (the last is the bias), each of 3 numbers: correct LatentToRgb in studio.json.");
        }

        var image = new RgbImage(latents.Width, latents.Height);
        var plane = latents.Width * latents.Height;
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var value = map[latents.Channels][i % 3];
            for (var channel = 0; channel < latents.Channels; channel++)
            {
                value += latents.Values[channel * plane + i / 3] * map[channel][i % 3];
            }

            image.Pixels[i] = (byte)((Math.Clamp(float.IsNaN(value) ? 0 : value, -1, 1) + 1) * 127.5f);
        }

        return image;
    }
}

namespace OmniGen2.Preview;

/// <summary>Fits the linear map from a latent to its colour that previews are made with: rough, but a thousand times cheaper than decoding.</summary>
public static class LatentToRgb
{
    private const int Cell = 8;

    /// <summary>Against the squares of the latents: a channel that carries no colour gets a weight of nothing instead of noise.</summary>
    private const double Ridge = 1e-4;

    /// <summary>Least squares over pictures of simple shapes and the means that the checkpoint's autoencoder gives for them.</summary>
    /// <returns>For <see cref="ModelInfo.LatentToRgb"/>: one row of R, G, B a channel, then the bias; to −1 … 1.</returns>
    public static float[][] Fit(OmniGen2Pipeline pipeline, int pictures = 300, int size = 128)
    {
        var random = new Random(1);
        LeastSquares? system = null;
        for (var i = 0; i < pictures; i++)
        {
            var picture = ShapePainter.Paint(size, random);
            var latents = pipeline.EncodeMean(picture);
            system ??= new LeastSquares(latents.Channels + 1, 3);
            AddCells(system, latents, picture);
        }

        return [.. system!.Solve(Ridge).Select(row => row.Select(v => (float)v).ToArray())];
    }

    private static void AddCells(LeastSquares system, LatentImage latents, RgbImage picture)
    {
        var inputs = new double[latents.Channels + 1];
        inputs[^1] = 1;
        for (var y = 0; y < latents.Height; y++)
        {
            for (var x = 0; x < latents.Width; x++)
            {
                for (var channel = 0; channel < latents.Channels; channel++)
                {
                    inputs[channel] = latents.Values[(((channel * latents.Height) + y) * latents.Width) + x];
                }

                system.Add(inputs, MeanColour(picture, x, y));
            }
        }
    }

    private static double[] MeanColour(RgbImage picture, int cellX, int cellY)
    {
        var sum = new double[3];
        for (var y = cellY * Cell; y < (cellY + 1) * Cell; y++)
        {
            var row = picture.Row(y).Slice(cellX * Cell * 3, Cell * 3);
            for (var i = 0; i < row.Length; i++)
            {
                sum[i % 3] += row[i];
            }
        }

        return [.. sum.Select(s => (s / (Cell * Cell * 127.5)) - 1)];
    }
}

using OmniGen2.Evaluation;

namespace OmniGen2.Tests.Evaluation;

public sealed class SsimTests
{
    [Fact]
    public void Equal_pictures_have_one_and_noise_takes_from_it()
    {
        var picture = Noise(1, 40, 24, 255);
        Assert.Equal(1, Ssim.Of(picture, picture), 9);
        Assert.InRange(Ssim.Of(picture, Noise(2, 40, 24, 255)), -0.2, 0.2);
        Assert.InRange(Ssim.Of(picture, Changed(picture, 4)), 0.99, 0.9999);
    }

    [Fact]
    public void Two_even_pictures_differ_by_their_brightness_alone()
    {
        // (2ab + c) / (a² + b² + c), c = (0.01 · 255)².
        var expected = ((2.0 * 100 * 150) + 6.5025) / ((100 * 100) + (150 * 150) + 6.5025);
        Assert.Equal(expected, Ssim.Of(Even(100), Even(150)), 9);
    }

    [Fact]
    public void Pictures_of_other_sizes_are_refused() =>
        Assert.Contains("40 × 24", Assert.Throws<ModelException>(() => Ssim.Of(Noise(1, 40, 24, 255), Noise(1, 24, 40, 255))).Message);

    private static RgbImage Even(byte level)
    {
        var picture = new RgbImage(16, 12);
        Array.Fill(picture.Pixels, level);
        return picture;
    }

    private static RgbImage Noise(int seed, int width, int height, int most)
    {
        var picture = new RgbImage(width, height);
        var random = new Random(seed);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            picture.Pixels[i] = (byte)random.Next(most + 1);
        }

        return picture;
    }

    private static RgbImage Changed(RgbImage picture, int by) => picture with { Pixels = [.. picture.Pixels.Select((v, i) => (byte)(v >= 128 ? v - (i / 3 % 2 * by) : v + (i / 3 % 2 * by)))] };
}

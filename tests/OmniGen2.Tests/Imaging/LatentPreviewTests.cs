using OmniGen2.Imaging;

namespace OmniGen2.Tests.Imaging;

public class LatentPreviewTests
{
    [Fact]
    public void Channels_are_mapped_to_rgb_with_the_bias_last()
    {
        float[][] map = [[1, 0, 0], [0, 0.5f, 0], [0.1f, -0.2f, 0.3f]];
        var latents = new LatentImage(2, 1, 2, [0.2f, -5, 0.4f, 5]);
        var image = LatentPreview.Render(latents, map);
        Assert.Equal((2, 1), (image.Width, image.Height));
        // (0.3, 0, 0.3) and, clamped, (-1, 1, 0.3)
        Assert.Equal([165, 127, 165, 0, 255, 165], image.Pixels);
    }

    [Fact]
    public void Default_map_serves_the_released_vae()
    {
        var image = LatentPreview.Render(new LatentImage(16, 4, 6, new float[16 * 24]));
        Assert.All(image.Pixels, value => Assert.Equal(127, value));
    }

    [Fact]
    public void Map_of_another_vae_is_refused_with_both_numbers()
    {
        var fault = Assert.Throws<ModelException>(() => LatentPreview.Render(new LatentImage(4, 1, 1, new float[4])));
        Assert.Contains("17 rows, but latents of 4 channels need 5", fault.Message);
    }

    [Fact]
    public void Thumbnail_fits_the_longer_side()
    {
        Assert.Equal((128, 64), Size(Thumbnail.Fit(TestPictures.Gradient(256, 128), 128)));
        Assert.Equal((1, 100), Size(Thumbnail.Fit(TestPictures.Gradient(2, 1000), 100)));
        Assert.Equal((16, 8), Size(Thumbnail.Fit(TestPictures.Gradient(16, 8), 128)));
        Assert.Equal((128, 64), Size(Thumbnail.Fit(TestPictures.Gradient(16, 8), 128, enlarge: true)));
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    [InlineData(ImageFormat.Png)]
    public void Thumbnail_is_encoded_at_its_size(ImageFormat format)
    {
        var header = ImageHeader.Read(Thumbnail.Encode(TestPictures.Gradient(256, 128), 64, format));
        Assert.Equal(new ImageHeader(format, 64, 32, Animated: false), header);
    }

    private static (int Width, int Height) Size(RgbImage image) => (image.Width, image.Height);
}

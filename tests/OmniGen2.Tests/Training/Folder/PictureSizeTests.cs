using OmniGen2.Training.Folder;

namespace OmniGen2.Tests.Training.Folder;

public sealed class PictureSizeTests
{
    [Theory]
    [InlineData(1024, 1024, 1024, 1024)]
    [InlineData(4000, 3000, 1152, 832)]   // 1168 × 880 before
    [InlineData(1920, 1080, 1280, 768)]   // 1360 × 768 before
    [InlineData(200, 130, 192, 128)]      // never enlarged
    [InlineData(128, 128, 128, 128)]
    [InlineData(17, 16, 16, 16)]
    [InlineData(10_000, 200, 2048, 32)]   // the longest side decides
    public void Sizes_are_the_originals_cut_to_few_multiples_of_16(int width, int height, int expectedWidth, int expectedHeight) =>
        Assert.Equal(new PictureSize(expectedWidth, expectedHeight), PictureSize.Of(width, height, 1024 * 1024, 2048));

    [Fact]
    public void Pictures_of_a_megapixel_have_few_sizes_and_lose_an_eighth_at_most()
    {
        var sizes = new HashSet<PictureSize>();
        for (var width = 512; width <= 2048; width++)
        {
            var height = 1024 * 1024 / width;
            var size = PictureSize.Of(width, height, 1024 * 1024, 2048);
            sizes.Add(size);
            Assert.InRange(size.Width, (width - 16) * 7 / 8, width);
            Assert.InRange(size.Height, (height - 16) * 7 / 8, height);
        }

        Assert.InRange(sizes.Count, 10, 40);
    }

    [Fact]
    public void Picture_that_would_vanish_is_named() =>
        Assert.Contains("'thin.png' of 4000 × 20 pixels would become 2048 × 0", Assert.Throws<ModelException>(() => PictureSize.Of(4000, 20, 1 << 20, 2048, "'thin.png'")).Message);

    [Theory]
    [InlineData(64, 64)]
    [InlineData(96, 64)]
    [InlineData(64, 200)]
    public void Fitting_keeps_the_middle(int width, int height)
    {
        var picture = new RgbImage(width, height);
        for (var pixel = 0; pixel < width * height; pixel++)
        {
            var isMiddle = Math.Abs((pixel % width) - ((width - 1) / 2.0)) < width / 4.0 && Math.Abs((pixel / width) - ((height - 1) / 2.0)) < height / 4.0;
            picture.Pixels.AsSpan(pixel * 3, 3).Fill(isMiddle ? (byte)255 : (byte)0);
        }

        var fitted = new PictureSize(32, 32).Fit(picture);
        Assert.Equal((32, 32, 32 * 32 * 3), (fitted.Width, fitted.Height, fitted.Pixels.Length));
        Assert.Equal(255, fitted.Row(16)[16 * 3]);
        Assert.Equal(width == height ? 0 : fitted.Row(31)[31 * 3], fitted.Row(0)[0]);
        Assert.Equal(fitted.Row(16)[0], fitted.Row(15)[31 * 3]);
    }
}

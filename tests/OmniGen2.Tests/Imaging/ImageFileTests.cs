using OmniGen2.Imaging;

namespace OmniGen2.Tests.Imaging;

public class ImageFileTests
{
    [Fact]
    public void Png_keeps_every_pixel()
    {
        var picture = TestPictures.Gradient(67, 41);
        var read = ImageFile.Decode(ImageFile.EncodePng(picture));
        Assert.Equal((67, 41), (read.Width, read.Height));
        Assert.Equal(picture.Pixels, read.Pixels);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    public void Lossy_formats_keep_the_picture_recognisable(ImageFormat format)
    {
        var picture = TestPictures.Gradient(67, 41);
        var file = ImageFile.Encode(picture, format, quality: 95);
        Assert.Equal(new ImageHeader(format, 67, 41, Animated: false), ImageHeader.Read(file));
        var read = ImageFile.Decode(file);
        Assert.InRange(picture.Pixels.Zip(read.Pixels, (a, b) => Math.Abs(a - b)).Average(), 0, 5);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    public void Lossy_formats_carry_the_mark_of_an_ai_picture(ImageFormat format)
    {
        var xmp = XmpPacket.Create(fromPictures: true, "Studio");
        var picture = TestPictures.Gradient(32, 32);
        var file = format == ImageFormat.Jpeg ? ImageFile.EncodeJpeg(picture, xmp: xmp) : ImageFile.EncodeWebp(picture, xmp: xmp);
        Assert.True(file.AsSpan().IndexOf("compositeWithTrainedAlgorithmicMedia"u8) > 0);
        Assert.Equal(32, ImageFile.Decode(file).Width);
    }

    [Fact]
    public void Sixteen_bits_keep_the_upper_eight()
    {
        var png = TestPictures.Png(2, 1, 16, 2, [[0x12, 0xFF, 0x34, 0x00, 0x56, 0x80, 0xFF, 0xFF, 0x00, 0xFF, 0x7F, 0x01]]);
        Assert.Equal([0x12, 0x34, 0x56, 0xFF, 0x00, 0x7F], ImageFile.Decode(png).Pixels);
    }

    [Fact]
    public void Sixteen_bit_grey_is_replicated()
    {
        Assert.Equal([0xAB, 0xAB, 0xAB], ImageFile.Decode(TestPictures.Png(1, 1, 16, 0, [[0xAB, 0xCD]])).Pixels);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(255, 0, 0, 0)]
    [InlineData(0, 128, 64, 0)]
    [InlineData(10, 20, 30, 100)]
    [InlineData(0, 0, 0, 255)]
    public void Four_inks_become_rgb(byte cyan, byte magenta, byte yellow, byte black)
    {
        var pixel = ImageFile.Decode(TestPictures.CmykJpeg(cyan, magenta, yellow, black)).Pixels[..3];
        byte[] inks = [cyan, magenta, yellow];
        Assert.All(inks.Zip(pixel), pair => Assert.InRange(pair.Second - ((255 - pair.First) * (255 - black) / 255), -3, 3));
    }

    [Theory]
    [InlineData(1, "012345")]
    [InlineData(2, "210543")]
    [InlineData(3, "543210")]
    [InlineData(4, "345012")]
    [InlineData(5, "031425")]
    [InlineData(6, "304152")]
    [InlineData(7, "524130")]
    [InlineData(8, "251403")]
    [InlineData(99, "012345")]
    public void Orientation_turns_the_picture_upright(int value, string expected)
    {
        var stored = new RgbImage(3, 2, [.. Enumerable.Range(0, 6).SelectMany(i => Enumerable.Repeat((byte)i, 3))]);
        var upright = Orientation.Apply(stored, value);
        Assert.Equal(value is >= 5 and <= 8 ? (2, 3) : (3, 2), (upright.Width, upright.Height));
        Assert.Equal(expected, string.Concat(upright.Pixels.Chunk(3).Select(p => p[0])));
    }

    [Fact]
    public void Orientation_is_left_alone_on_request()
    {
        var path = GoldenFile.Path("images/src_exif.jpg");
        var upright = ImageFile.Open(path);
        var stored = ImageFile.Open(path, applyOrientation: false);
        Assert.Equal((upright.Height, upright.Width), (stored.Width, stored.Height));
    }

    [Theory]
    [InlineData(ImageFormat.Png, "PNG", "image/png", ".png")]
    [InlineData(ImageFormat.Jpeg, "JPEG", "image/jpeg", ".jpg")]
    [InlineData(ImageFormat.WebP, "WebP", "image/webp", ".webp")]
    public void Formats_have_their_usual_names(ImageFormat format, string name, string mediaType, string extension)
    {
        Assert.Equal((name, mediaType, extension), (format.Name(), format.MediaType(), format.Extension()));
    }

    [Fact]
    public void Pictures_are_coded_on_many_threads_at_once()
    {
        var picture = TestPictures.Gradient(64, 48);
        var broken = ImageFile.EncodePng(picture)[..100];
        Parallel.For(0, 200, i =>
        {
            if (i % 4 == 0)
            {
                Assert.Throws<ModelException>(() => ImageFile.Decode(broken));
                return;
            }

            Assert.Equal(picture.Pixels, ImageFile.Decode(ImageFile.EncodePng(picture, compression: 1)).Pixels);
        });
    }
}

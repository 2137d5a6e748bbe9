using OmniGen2.Imaging;

namespace OmniGen2.Tests.Imaging;

public class HostileImageTests
{
    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    public void Truncated_file_is_refused_wherever_it_ends(ImageFormat format)
    {
        var file = ImageFile.Encode(TestPictures.Gradient(90, 70), format);
        // The last bytes of a file end it without any pixel in them.
        for (var length = 12; length < file.Length * 9 / 10; length += 17)
        {
            var cut = file[..length];
            var fault = Assert.Throws<ModelException>(() => ImageFile.Decode(cut));
            Assert.Contains("damaged or cut off", fault.Message);
        }
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    public void Flipped_bits_give_a_picture_or_a_sentence(ImageFormat format)
    {
        var file = ImageFile.Encode(TestPictures.Gradient(40, 30), format);
        var random = new Random(20);
        for (var round = 0; round < 400; round++)
        {
            var damaged = (byte[])file.Clone();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            DecodeOrRefuse(damaged);
            PngMetadata.Read(damaged);
        }
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.WebP)]
    public void Noise_behind_good_magic_bytes_gives_a_sentence(ImageFormat format)
    {
        var start = ImageFile.Encode(TestPictures.Gradient(8, 8), format)[..30];
        var random = new Random(21);
        for (var round = 0; round < 100; round++)
        {
            var noise = new byte[random.Next(1, 600)];
            random.NextBytes(noise);
            DecodeOrRefuse([.. start[..random.Next(12, 30)], .. noise]);
        }
    }

    [Fact]
    public void Progressive_jpeg_of_a_thousand_scans_is_refused()
    {
        var jpeg = ImageFile.EncodeJpeg(TestPictures.Gradient(16, 16));
        var scan = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] many = [.. jpeg[..scan], .. Enumerable.Repeat(jpeg[scan..^2], 1000).SelectMany(bytes => bytes), 0xFF, 0xD9];
        Assert.Contains("scans", Assert.Throws<ModelException>(() => ImageFile.Decode(many)).Message);
    }

    [Fact]
    public void Bytes_behind_the_end_of_a_jpeg_do_not_count()
    {
        var jpeg = ImageFile.EncodeJpeg(TestPictures.Gradient(16, 16));
        byte[] motionPhoto = [.. jpeg, .. Enumerable.Repeat((byte[])[0xFF, 0xDA, 0, 8], 500).SelectMany(bytes => bytes)];
        Assert.Equal(ImageFile.Decode(jpeg).Pixels, ImageFile.Decode(motionPhoto).Pixels);
    }

    private static void DecodeOrRefuse(byte[] file)
    {
        try
        {
            var picture = ImageFile.Decode(file);
            Assert.Equal(picture.Width * picture.Height * 3, picture.Pixels.Length);
        }
        catch (ModelException fault)
        {
            Assert.NotEmpty(fault.Message);
        }
    }
}

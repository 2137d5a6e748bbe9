using System.Buffers.Binary;
using OmniGen2.Imaging;

namespace OmniGen2.Tests.Imaging;

public class ImageRefusalTests
{
    [Fact]
    public void Picture_too_wide_is_refused_by_its_header_alone()
    {
        var png = TestPictures.Png(30_000, 20, 8, 2, [[1]]);
        var fault = Assert.Throws<ModelException>(() => ImageFile.Decode(png, name: "wide.png"));
        Assert.Equal("wide.png is 30000 × 20 pixels; at most 16384 a side are accepted: scale it down first.", fault.Message);
    }

    [Fact]
    public void Wide_jpeg_is_refused_by_its_header_alone()
    {
        var jpeg = ImageFile.EncodeJpeg(TestPictures.Gradient(16, 16));
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), 30_000);
        Assert.Contains("30000 × 16 pixels; at most 16384", Assert.Throws<ModelException>(() => ImageFile.Decode(jpeg)).Message);
    }

    [Fact]
    public void Picture_of_too_many_pixels_is_refused_by_its_header_alone()
    {
        var png = TestPictures.Png(15_000, 15_000, 8, 2, [[1]]);
        var fault = Assert.Throws<ModelException>(() => ImageFile.Decode(png));
        Assert.Contains("225,000,000 in all; at most 100,000,000", fault.Message);
    }

    [Fact]
    public void File_of_too_many_bytes_is_refused_before_it_is_read_to_the_end()
    {
        using var endless = new MemoryStream(new byte[5_000_000]);
        var fault = Assert.Throws<ModelException>(() => ImageFile.Decode(endless, new ImageLimits { MaxBytes = 100_000 }));
        Assert.Contains("at most 100,000 are accepted", fault.Message);
        Assert.True(endless.Position < 1_000_000);
    }

    [Fact]
    public async Task Upload_is_collected_up_to_the_limit()
    {
        var file = ImageFile.EncodePng(TestPictures.Gradient(300, 300));
        Assert.Equal(file, await ImageFile.ReadAsync(new MemoryStream(file)));
        await Assert.ThrowsAsync<ModelException>(() => ImageFile.ReadAsync(new MemoryStream(file), new ImageLimits { MaxBytes = file.Length - 1 }));
    }

    [Fact]
    public void Animated_pictures_are_refused()
    {
        var apng = TestPictures.WithChunk(ImageFile.EncodePng(TestPictures.Gradient(8, 8)), "acTL"u8, [0, 0, 0, 2, 0, 0, 0, 0]);
        Assert.Contains("animated PNG", Assert.Throws<ModelException>(() => ImageFile.Decode(apng)).Message);
        Assert.Contains("animated WebP", Assert.Throws<ModelException>(() => ImageFile.Decode(TestPictures.AnimatedWebP())).Message);
        Assert.Contains("GIF", Assert.Throws<ModelException>(() => ImageFile.Decode("GIF89a\u0001\0\u0001\0"u8)).Message);
    }

    [Theory]
    [InlineData("BM......", "BMP")]
    [InlineData("%PDF-1.4", "PDF")]
    [InlineData("<svg/>", "SVG")]
    [InlineData("\0\0\0\u0018ftypheic", "HEIC")]
    [InlineData("\0\0\0\u0018ftypavif", "AVIF")]
    [InlineData("\0\0\0\u0018ftypmp42", "a video")]
    [InlineData("II*\0", "TIFF")]
    [InlineData("what is this", "not a PNG, JPEG or WebP")]
    [InlineData("", "empty")]
    public void Other_files_are_refused_by_what_they_look_like(string start, string named)
    {
        var fault = Assert.Throws<ModelException>(() => ImageFile.Decode(System.Text.Encoding.Latin1.GetBytes(start), name: "'a.png'"));
        Assert.Contains(named, fault.Message);
        Assert.StartsWith("'a.png' is ", fault.Message);
    }

    [Fact]
    public void Missing_file_is_refused_by_name()
    {
        Assert.Contains("nowhere.png", Assert.Throws<ModelException>(() => ImageFile.Open("nowhere.png")).Message);
    }

    [Fact]
    public void Missing_library_names_the_package_to_install()
    {
        var fault = Assert.Throws<ModelException>(() => Vips.RequireLibrary("libvips-that-is-not-there.so.42"));
        Assert.Contains("apt-get install libvips42", fault.Message);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg, 65_536)]
    [InlineData(ImageFormat.WebP, 16_384)]
    public void Picture_too_wide_for_its_format_is_refused(ImageFormat format, int width)
    {
        var fault = Assert.Throws<ModelException>(() => ImageFile.Encode(new RgbImage(width, 1), format));
        Assert.Contains($"{width - 1} pixels a side, this picture is {width} × 1", fault.Message);
    }
}

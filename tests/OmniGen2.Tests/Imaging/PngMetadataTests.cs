using System.Text;
using OmniGen2.Imaging;

namespace OmniGen2.Tests.Imaging;

public class PngMetadataTests
{
    private static readonly byte[] Plain = ImageFile.EncodePng(TestPictures.Gradient(12, 9));

    [Theory]
    [InlineData("a red circle")]
    [InlineData("穿红裙子的女孩,站在雪山前")]
    [InlineData("a fox 🦊 and a 👩‍👩‍👧")]
    [InlineData("one\ntwo\r\nthree\n\nNegative prompt: four")]
    [InlineData("<script>alert('x')</script> & \"quotes\"")]
    [InlineData("")]
    public void Text_comes_back_as_written(string text)
    {
        var png = ImageFile.EncodePng(TestPictures.Gradient(12, 9), new Dictionary<string, string> { ["parameters"] = text, ["Other"] = "x" });
        Assert.Equal(text, PngMetadata.Read(png)["parameters"]);
        Assert.Equal(ImageFile.Decode(Plain).Pixels, ImageFile.Decode(png).Pixels);
    }

    [Fact]
    public void Writing_again_replaces_the_text()
    {
        var once = PngMetadata.Write(Plain, new Dictionary<string, string> { ["a"] = "old", ["b"] = "kept" });
        var twice = PngMetadata.Write(once, new Dictionary<string, string> { ["a"] = "new" });
        Assert.Equal(new Dictionary<string, string> { ["a"] = "new", ["b"] = "kept" }, PngMetadata.Read(twice));
    }

    [Fact]
    public void Texts_of_other_programs_are_read()
    {
        byte[] compressedText = [.. "parameters\0\0"u8, .. TestPictures.Deflate(Encoding.Latin1.GetBytes("déjà vu"))];
        byte[] compressedInternational = [.. "prompt\0\u0001\0de\0Aufforderung\0"u8, .. TestPictures.Deflate("雪"u8.ToArray())];
        var png = TestPictures.WithChunk(Plain, "tEXt"u8, [.. "workflow\0"u8, .. Encoding.Latin1.GetBytes("{\"é\": 1}")]);
        png = TestPictures.WithChunk(png, "zTXt"u8, compressedText);
        png = TestPictures.WithChunk(png, "iTXt"u8, compressedInternational);
        var texts = PngMetadata.Read(png);
        Assert.Equal(("{\"é\": 1}", "déjà vu", "雪"), (texts["workflow"], texts["parameters"], texts["prompt"]));
    }

    [Fact]
    public void Text_that_inflates_without_end_is_passed_over()
    {
        byte[] bomb = [.. "bomb\0\0"u8, .. TestPictures.Deflate(new byte[PngMetadata.MaxTextBytes + 1])];
        Assert.True(bomb.Length < 100_000);
        Assert.Equal(["good"], PngMetadata.Read(TestPictures.WithChunk(Good(), "zTXt"u8, bomb)).Keys);
    }

    [Fact]
    public void Text_with_a_wrong_checksum_is_passed_over()
    {
        var png = Good();
        png[png.AsSpan().IndexOf("good"u8) + 12] ^= 1;
        Assert.Empty(PngMetadata.Read(png));
    }

    [Theory]
    [InlineData("tEXt", "no end of the keyword")]
    [InlineData("tEXt", "\0no keyword")]
    [InlineData("zTXt", "key\0\0not deflated at all")]
    [InlineData("zTXt", "key\0\u0007unknown method")]
    [InlineData("zTXt", "key\0")]
    [InlineData("iTXt", "key\0")]
    [InlineData("iTXt", "key\0\0\0no end")]
    [InlineData("iTXt", "key\0\u0001\0\0\0broken")]
    public void Malformed_text_is_passed_over(string type, string data)
    {
        var png = TestPictures.WithChunk(Good(), Encoding.Latin1.GetBytes(type), Encoding.Latin1.GetBytes(data));
        Assert.Equal(["good"], PngMetadata.Read(png).Keys);
    }

    [Fact]
    public void Thousands_of_texts_are_cut_short()
    {
        var texts = Enumerable.Range(0, 2000).ToDictionary(i => $"key{i}", _ => "x");
        Assert.InRange(PngMetadata.Read(PngMetadata.Write(Plain, texts)).Count, 1, 300);
    }

    [Fact]
    public void Truncated_file_gives_the_texts_before_the_cut()
    {
        var png = Good();
        Assert.Equal(["good"], PngMetadata.Read(png.AsSpan(0, png.Length / 2)).Keys);
        for (var length = 0; length < 50; length++)
        {
            Assert.Empty(PngMetadata.Read(png.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Other_files_have_no_texts()
    {
        Assert.Empty(PngMetadata.Read(ImageFile.EncodeJpeg(TestPictures.Gradient(8, 8))));
        Assert.Empty(PngMetadata.Read([]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("schlüssel")]
    [InlineData("a keyword that goes on and on and on and on and on and on and on and on and on and on")]
    public void Impossible_keywords_are_refused(string keyword)
    {
        Assert.Throws<ArgumentException>(() => PngMetadata.Write(Plain, new Dictionary<string, string> { [keyword] = "x" }));
    }

    private static byte[] Good() => PngMetadata.Write(Plain, new Dictionary<string, string> { ["good"] = "text" });
}

using System.Text.Json;
using OmniGen2.Imaging;

namespace OmniGen2.Tests.Imaging;

public class GoldenImagesTests
{
    public static TheoryData<string> Sources => [.. Index().Select(source => source.Name)];

    public static TheoryData<string> Resizes =>
        [.. GoldenTensors.Open("images/pillow_resize.safetensors").Names.Where(name => !name.Contains("source"))];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Source_decodes_as_Pillow_decodes_it(string name)
    {
        var decoded = ImageFile.Open(GoldenFile.Path($"images/{name}"));
        var expected = Picture(Golden(name), "decoded_rgb_u8");
        Assert.Equal((expected.Width, expected.Height), (decoded.Width, decoded.Height));

        // JPEG decoders may differ in the last bit of the inverse transform.
        var allowed = name.EndsWith(".jpg", StringComparison.Ordinal) ? 2 : 0;
        Assert.InRange(LargestDifference(expected.Pixels, decoded.Pixels), 0, allowed);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Reference_picture_is_prepared_to_the_byte(string name)
    {
        var golden = Golden(name);
        var source = Picture(golden, "decoded_rgb_u8");
        foreach (var rule in Index().Single(s => s.Name == name).Value.GetProperty("preprocess").EnumerateArray())
        {
            var (index, maxPixels, maxSide) =
                (rule.GetProperty("index").GetInt32(), rule.GetProperty("max_pixels").GetInt64(), rule.GetProperty("max_side_length").GetInt32());
            var expected = Picture(golden, $"resized_u8_{index}");
            var resized = ReferenceImageProcessor.Resize(source, maxPixels, maxSide);
            Assert.Equal((expected.Width, expected.Height), (resized.Width, resized.Height));
            Assert.Equal(expected.Pixels, resized.Pixels);
            if (index == 0)
            {
                var values = ReferenceImageProcessor.Process(source, maxPixels, maxSide).Values;
                GoldenAssert.Close(golden.Floats("preprocess_0"), values, 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Resizes))]
    public void Resize_equals_Pillow_bit_for_bit(string name)
    {
        var golden = GoldenTensors.Open("images/pillow_resize.safetensors");
        var source = Picture(golden, name.StartsWith("big_", StringComparison.Ordinal) ? "big_source_u8" : "source_u8");
        var expected = Picture(golden, name);
        var filter = name.Contains("lanczos") ? ResizeFilter.Lanczos : ResizeFilter.Bicubic;
        Assert.Equal(expected.Pixels, PillowResize.Resize(source, expected.Width, expected.Height, filter).Pixels);
    }

    [Fact]
    public void Reference_sizes_follow_the_table()
    {
        var rows = Rows("reference_image");
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal((row[4], row[5]), ReferenceImageProcessor.TargetSize(row[0], row[1], row[2], row[3])));
    }

    [Fact]
    public void Output_sizes_follow_the_table()
    {
        var rows = Rows("output_size");
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(new OutputSize(row[3], row[4], row[0], row[1]), OutputSize.For(row[0], row[1], row[2])));
    }

    [Fact]
    public void Decoded_tensor_becomes_the_recorded_picture()
    {
        var golden = GoldenTensors.Open("images/postprocess.safetensors");
        foreach (var (slice, item) in Batch(golden, "input.decoded").Select((image, i) => (image, i)))
        {
            Assert.Equal(Slice(golden.Bytes("out.image_u8"), item), PostProcess.ToImage(slice).Pixels);
            Assert.Equal(Slice(golden.Bytes("out.image_u8_from_bf16"), item), PostProcess.ToImage(slice, bf16: true).Pixels);
        }
    }

    [Theory]
    [InlineData(27, 33)]
    [InlineData(13, 17)]
    public void Decoded_tensor_is_stretched_as_recorded(int height, int width)
    {
        var golden = GoldenTensors.Open("images/postprocess.safetensors");
        var expected = golden.Floats($"out.interpolated_{height}x{width}");
        foreach (var (slice, item) in Batch(golden, "input.decoded").Select((image, i) => (image, i)))
        {
            var stretched = PostProcess.Interpolate(slice, width, height);
            GoldenAssert.Close(Slice(expected, item), stretched.Values, 2e-6);
            var bytes = Slice(golden.Bytes($"out.interpolated_{height}x{width}_u8"), item);
            Assert.InRange(LargestDifference(bytes, PostProcess.ToImage(slice, width, height).Pixels), 0, 1);
        }
    }

    private static List<JsonProperty> Index()
    {
        return [.. JsonDocument.Parse(GoldenFile.Text("images/index.json")).RootElement.EnumerateObject()];
    }

    private static List<int[]> Rows(string table) =>
        [.. JsonDocument.Parse(GoldenFile.Text("images/size_rules.json")).RootElement.GetProperty(table).GetProperty("rows")
            .EnumerateArray().Select(row => row.EnumerateArray().Select(v => v.GetInt32()).ToArray())];

    private static GoldenTensors Golden(string source) => GoldenTensors.Open($"images/{Path.GetFileNameWithoutExtension(source)}.safetensors");

    private static RgbImage Picture(GoldenTensors golden, string name)
    {
        var shape = golden.Shape(name);
        return new RgbImage((int)shape[1], (int)shape[0], golden.Bytes(name));
    }

    private static IEnumerable<FloatImage> Batch(GoldenTensors golden, string name)
    {
        var shape = golden.Shape(name);
        var values = golden.Floats(name);
        return Enumerable.Range(0, (int)shape[0]).Select(i => new FloatImage((int)shape[3], (int)shape[2], Slice(values, i)));
    }

    private static T[] Slice<T>(T[] batchOfTwo, int item) => batchOfTwo[(batchOfTwo.Length / 2 * item)..(batchOfTwo.Length / 2 * (item + 1))];

    private static int LargestDifference(byte[] expected, byte[] actual) => expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
}

using System.Text.Json;
using OmniGen2.Imaging;

namespace OmniGen2.Tests.Imaging;

public class GoldenProcessorTests
{
    public static TheoryData<string> Pictures => [.. Cases().Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Picture_is_cut_into_the_recorded_patches(string name)
    {
        var golden = GoldenTensors.Open($"processor/{name}.safetensors");
        var picture = ImageFile.Open(GoldenFile.Path($"processor/{name}.png"), applyOrientation: false);
        Assert.Equal(golden.Bytes("rgb"), picture.Pixels);

        var processor = Processor(name);
        var resized = processor.Resize(picture);
        Assert.Equal((long[])[resized.Height, resized.Width, 3], golden.Shape("resized"));
        Assert.Equal(golden.Bytes("resized"), resized.Pixels);

        var patches = processor.Process(picture);
        Assert.Equal(golden.Longs("image_grid_thw"), (long[])[patches.GridTime, patches.GridHeight, patches.GridWidth]);
        Assert.Equal((long[])[patches.Patches, patches.PatchValues], golden.Shape("pixel_values"));
        GoldenAssert.Close(golden.Floats("pixel_values"), patches.PixelValues, 1e-6);
        Assert.Equal(Cases().Single(c => c.GetProperty("name").GetString() == name).GetProperty("image_pads").GetInt32(), processor.CountTokens(picture));
    }

    [Fact]
    public void Smart_resize_gives_the_recorded_sizes_and_faults()
    {
        using var document = JsonDocument.Parse(GoldenFile.Text("processor/smart-resize.json"));
        var factor = document.RootElement.GetProperty("factor").GetInt32();
        Assert.All(document.RootElement.GetProperty("cases").EnumerateArray(), row =>
        {
            (int Height, int Width) Run() => QwenImageProcessor.SmartResize(
                Int(row, "height"), Int(row, "width"), factor, Int(row, "min_pixels"), Int(row, "max_pixels"));
            if (row.TryGetProperty("error", out var error))
            {
                Assert.Equal(error.GetString(), Assert.Throws<ModelException>(() => Run()).Message);
                return;
            }

            var result = row.GetProperty("result");
            Assert.Equal((result[0].GetInt32(), result[1].GetInt32()), Run());
        });
    }

    [Fact]
    public void Picture_too_small_for_the_language_model_is_refused_with_both_numbers()
    {
        var fault = Assert.Throws<ModelException>(() => new QwenImageProcessor(new QwenImageConfig()).Process(new RgbImage(100, 27)));
        Assert.Contains("100 × 27", fault.Message);
        Assert.Contains("28", fault.Message);
    }

    [Fact]
    public void Published_settings_load_and_equal_the_defaults()
    {
        var config = QwenImageConfig.Load(GoldenFile.Path("tiny-omnigen2/processor/preprocessor_config.json"));
        var defaults = new QwenImageConfig();
        Assert.Equal(
            (defaults.MinPixels, defaults.MaxPixels, defaults.Factor, defaults.RescaleFactor),
            (config.MinPixels, config.MaxPixels, config.Factor, config.RescaleFactor));
        Assert.Equal(defaults.ImageMean, config.ImageMean);
        Assert.Equal(defaults.ImageStd, config.ImageStd);
    }

    [Fact]
    public void Newer_settings_say_the_pixel_limits_under_size()
    {
        using var file = new TemporaryFile("""{"size": {"shortest_edge": 100, "longest_edge": 5000}}""");
        var config = QwenImageConfig.Load(file.Path);
        Assert.Equal((100, 5000), (config.MinPixels, config.MaxPixels));
    }

    [Theory]
    [InlineData("{", "JSON")]
    [InlineData("null", "JSON")]
    [InlineData("""{"patch_size": 0}""", "positive")]
    [InlineData("""{"image_std": [1, 1]}""", "3 entries")]
    [InlineData("""{"min_pixels": 10, "max_pixels": 5}""", "out of range")]
    [InlineData("""{"resample": 1}""", "bicubic")]
    public void Unusable_settings_are_refused_by_name(string json, string reason)
    {
        using var file = new TemporaryFile(json);
        var fault = Assert.Throws<ModelException>(() => QwenImageConfig.Load(file.Path));
        Assert.Contains(file.Path, fault.Message);
        Assert.Contains(reason, fault.Message);
    }

    [Fact]
    public void Missing_settings_are_refused_by_name()
    {
        Assert.Contains("nowhere.json", Assert.Throws<ModelException>(() => QwenImageConfig.Load("nowhere.json")).Message);
    }

    private static List<JsonElement> Cases() =>
        [.. JsonDocument.Parse(GoldenFile.Text("processor/images.json")).RootElement.GetProperty("images").EnumerateArray()];

    private static QwenImageProcessor Processor(string name)
    {
        var options = Cases().Single(c => c.GetProperty("name").GetString() == name).GetProperty("options");
        var config = new QwenImageConfig();
        return new QwenImageProcessor(
            options.TryGetProperty("min_pixels", out _)
                ? config with { MinPixels = Int(options, "min_pixels"), MaxPixels = Int(options, "max_pixels") }
                : config);
    }

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}

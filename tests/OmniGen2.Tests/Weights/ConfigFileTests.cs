using OmniGen2.Weights;

namespace OmniGen2.Tests.Weights;

public sealed class ConfigFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Values_are_read_by_key_and_kind()
    {
        var config = Load("""{"n": 3, "x": 0.5, "s": "text", "b": true, "list": [1, 2], "names": ["a"], "nothing": null, "inner": {"n": 4}}""");
        Assert.Equal(3, config.Int("n"));
        Assert.Equal(3.0, config.Double("n"));
        Assert.Equal(0.5, config.Double("x"));
        Assert.Equal("text", config.String("s"));
        Assert.True(config.Bool("b"));
        Assert.Equal([1, 2], config.Ints("list"));
        Assert.Equal([1.0, 2.0], config.Doubles("list"));
        Assert.Equal(["a"], config.Strings("names"));
        Assert.Equal(7, config.Int("nothing", 7));
        Assert.Equal(7, config.Int("absent", 7));
        Assert.False(config.Has("nothing"));
        Assert.Equal(4, config.Section("inner").Int("n"));
    }

    [Fact]
    public void Missing_file_is_named() => Refused(() => ConfigFile.Load(_folder.File("sub/config.json")), "sub/config.json", "missing");

    [Fact]
    public void Missing_key_is_named_with_its_section()
    {
        var config = Load("""{"vision_config": {"depth": null}}""");
        Refused(() => config.Int("hidden_size"), "config.json", "'hidden_size'", "a whole number");
        Refused(() => config.Section("vision_config").Int("depth"), "'vision_config.depth'");
        Refused(() => config.Section("text_config"), "'text_config'", "an object");
    }

    [Fact]
    public void Value_of_another_kind_is_shown()
    {
        var config = Load("""{"n": "3", "x": 1.5, "list": [1, "2"]}""");
        Refused(() => config.Int("n"), "'n'", "\"3\"", "not a whole number");
        Refused(() => config.Int("x"), "'x'", "1.5");
        Refused(() => config.Ints("list"), "'list'", "not a list of whole numbers");
        Refused(() => config.Bool("n"), "true or false");
    }

    [Fact]
    public void Too_small_a_number_is_shown_with_its_limit() => Refused(() => Load("""{"layers": 0}""").AtLeast(1, "layers"), "'layers' = 0", "at least 1");

    [Fact]
    public void Unknown_class_is_named_with_the_known_ones() =>
        Refused(() => Load("""{"_class_name": "UNet"}""").Expect("_class_name", "AutoencoderKL"), "'UNet'", "AutoencoderKL");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{\"a\": 1,}")]
    public void Text_that_is_no_json_object_is_refused(string text) => Refused(() => Load(text), "config.json", "download it again");

    private static void Refused(Action action, params string[] parts)
    {
        var fault = Assert.Throws<WeightsException>(action);
        Assert.All(parts, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }

    private ConfigFile Load(string json) => ConfigFile.Load(_folder.Write("config.json", json));
}

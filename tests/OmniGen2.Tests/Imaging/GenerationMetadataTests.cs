using System.Text.Json;
using OmniGen2.Imaging;

namespace OmniGen2.Tests.Imaging;

public class GenerationMetadataTests
{
    [Theory]
    [InlineData("a red circle left of a blue square")]
    [InlineData("把第一张图的背景换成雪山")]
    [InlineData("a fox 🦊, two\nlines: \"quoted\" <b>html</b> & more\0")]
    public void Everything_comes_back_from_the_file(string prompt)
    {
        var written = Metadata(prompt);
        var png = ImageFile.EncodePng(TestPictures.Gradient(8, 8), written.ToPngTexts());
        var read = GenerationMetadata.FromPng(png)!;
        Assert.Equal(written.Request with { Images = [], Turns = [] }, read.Request with { Images = [], Turns = [] });
        Assert.Equal([(ChatRole.User, "hello"), (ChatRole.Assistant, "你好")], read.Request.Turns.Select(turn => (turn.Role, turn.Text)));
        Assert.Equal(written.References, read.References);
        Assert.Equal(written with { Request = read.Request, References = read.References }, read);
    }

    [Fact]
    public void Prompt_cut_within_an_emoji_can_still_be_saved()
    {
        var png = ImageFile.EncodePng(TestPictures.Gradient(8, 8), Metadata("a fox \ud83e").ToPngTexts());
        Assert.Equal("a fox \ufffd", GenerationMetadata.FromPng(png)!.Request.Prompt);
    }

    [Fact]
    public void Pixels_of_the_references_are_not_written()
    {
        Assert.True(Metadata("x").ToJson().Length < 2000);
    }

    [Fact]
    public void Json_is_versioned_and_in_snake_case()
    {
        using var json = JsonDocument.Parse(Metadata("雪").ToJson());
        Assert.Equal(1, json.RootElement.GetProperty("version").GetInt32());
        var request = json.RootElement.GetProperty("request");
        Assert.Equal("dpm_solver", request.GetProperty("scheduler").GetString());
        Assert.Equal("teacache", request.GetProperty("cache").GetProperty("kind").GetString());
        Assert.False(request.TryGetProperty("images", out _));
        Assert.Contains("雪", Metadata("雪").ToJson());
    }

    [Fact]
    public void Picture_without_our_text_has_no_metadata()
    {
        Assert.Null(GenerationMetadata.FromPng(ImageFile.EncodePng(TestPictures.Gradient(8, 8))));
    }

    [Theory]
    [InlineData("not json", "cannot be read")]
    [InlineData("null", "cannot be read")]
    [InlineData("{}", "cannot be read")]
    [InlineData("""{"model": "m", "request": {"prompt": null}}""", "cannot be read")]
    [InlineData("""{"model": "m", "request": {"prompt": "p", "scheduler": 7}}""", "cannot be read")]
    [InlineData("""{"model": "m", "request": {"prompt": "p", "cache": {"kind": "other"}}}""", "cannot be read")]
    [InlineData("""{"version": 2, "model": "m", "request": {"prompt": "p"}}""", "version 2")]
    public void Text_that_is_not_ours_is_refused(string json, string reason)
    {
        Assert.Contains(reason, Assert.Throws<ModelException>(() => GenerationMetadata.Parse(json)).Message);
    }

    [Fact]
    public void Unknown_properties_of_a_newer_program_are_passed_over()
    {
        var read = GenerationMetadata.Parse("""{"version": 1, "model": "m", "mood": "good", "request": {"prompt": "p", "style": "oil"}}""");
        Assert.Equal("p", read.Request.Prompt);
    }

    [Fact]
    public void Parameters_text_is_what_other_studios_read()
    {
        var text = ParametersText.From(Metadata("a fox,\nrunning") with { Model = "OmniGen2: mini, v1" });
        Assert.Equal(
            "a fox,\nrunning\nNegative prompt: blurry\n" +
            "Steps: 28, Sampler: DPM++ 2M, Schedule type: Simple, CFG scale: 4.5, Image CFG scale: 2, Seed: 9007199254740993, Size: 512x256, " +
            "Model hash: 0123456789, Model: \"OmniGen2: mini, v1\", CFG range: 0-0.6, Cache: TeaCache 0.05, Version: OmniGen2.Web",
            text);
    }

    [Fact]
    public void Parameters_text_of_a_plain_request_is_short()
    {
        var metadata = new GenerationMetadata { Request = new GenerationRequest { Prompt = "p", Seed = 7 }, Model = "OmniGen2", Width = 64, Height = 64 };
        Assert.Equal(
            "p\nSteps: 50, Sampler: Euler, Schedule type: Simple, CFG scale: 5, Seed: 7, Size: 64x64, Model: OmniGen2, Version: OmniGen2.Web",
            ParametersText.From(metadata));
    }

    [Theory]
    [InlineData(false, "digitalsourcetype/trainedAlgorithmicMedia")]
    [InlineData(true, "digitalsourcetype/compositeWithTrainedAlgorithmicMedia")]
    public void Mark_of_an_ai_picture_is_well_formed_xml(bool fromPictures, string sourceType)
    {
        var packet = System.Xml.Linq.XDocument.Parse(XmpPacket.Create(fromPictures, "Studio <1> & \"co\""));
        var attributes = packet.Descendants().SelectMany(e => e.Attributes()).ToDictionary(a => a.Name.LocalName, a => a.Value);
        Assert.EndsWith(sourceType, attributes["DigitalSourceType"]);
        Assert.Equal("Studio <1> & \"co\"", attributes["CreatorTool"]);
    }

    private static GenerationMetadata Metadata(string prompt) => new()
    {
        Request = new GenerationRequest
        {
            Prompt = prompt,
            NegativePrompt = "blurry",
            Images = [TestPictures.Gradient(64, 64)],
            Width = 512,
            Height = 256,
            Steps = 28,
            TextGuidance = 4.5,
            CfgEnd = 0.6,
            Scheduler = SchedulerKind.DpmSolver,
            Seed = 9_007_199_254_740_993, // not a double
            Cache = new CacheOptions.TeaCache(),
            FromChat = true,
            Turns = [new ChatTurn(ChatRole.User, "hello") { Images = [TestPictures.Gradient(64, 64)] }, new ChatTurn(ChatRole.Assistant, "你好")],
        },
        Model = "OmniGen2",
        ModelHash = "0123456789abcdef",
        References = ["00ff"],
        Width = 512,
        Height = 256,
        StepsDone = 28,
        Created = new DateTimeOffset(2026, 11, 21, 2, 30, 0, TimeSpan.FromHours(1)),
    };
}

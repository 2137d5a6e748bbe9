using System.Text.Json;

namespace OmniGen2.Tests.Pipeline;

/// <summary>The checkpoint that ships: two pictures that the original drew with it.</summary>
public sealed class MiniModelTests : IDisposable
{
    private const double PixelTolerance = 1e-3;

    private static readonly string Folder = Path.Combine(GoldenFile.RepositoryRoot, "models/omnigen2-mini");

    private readonly OmniGen2Pipeline _pipeline = OmniGen2Pipeline.Load(Folder, new PipelineOptions { Precision = ModelPrecision.Float32, Device = "cpu" });

    public static TheoryData<string> Pictures => [.. Index().EnumerateObject().Select(p => p.Name)];

    public void Dispose() => _pipeline.Dispose();

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Picture_is_the_one_that_the_original_drew(string name)
    {
        var call = Index().GetProperty(name);
        var golden = GoldenTensors.Open(Path.Combine(Folder, $"expected/{name}.safetensors"));
        var request = new GenerationRequest
        {
            Prompt = call.GetProperty("prompt").GetString()!,
            NegativePrompt = call.GetProperty("negative_prompt").GetString()!,
            Width = call.GetProperty("width").GetInt32(),
            Height = call.GetProperty("height").GetInt32(),
            Steps = call.GetProperty("steps").GetInt32(),
            TextGuidance = call.GetProperty("text_guidance_scale").GetDouble(),
            ImageGuidance = call.GetProperty("image_guidance_scale").GetDouble(),
        };
        var seen = new RecordedTensors();
        var parity = new ParityOptions { Latents = new LatentImage(16, 16, 16, golden.Floats("input.latents")), Record = seen.Add };
        var last = _pipeline.Denoise(request, parity).Last();

        GoldenAssert.Close(golden.Floats("input.timesteps"), seen["input.timesteps"], 1e-7);
        GoldenAssert.Close(golden.Floats("out.decoded"), _pipeline.DecodePixels(last.State!.Latents).Values, PixelTolerance);
    }

    [Fact]
    public void Bf16_draws_nearly_the_same_picture()
    {
        using var rounded = OmniGen2Pipeline.Load(Folder, new PipelineOptions { Precision = ModelPrecision.BFloat16, Device = "cpu" });
        var request = new GenerationRequest { Prompt = _pipeline.Info.Examples[0], Width = 128, Height = 128, Steps = 20, TextGuidance = 4 };
        var exact = _pipeline.DecodePixels(_pipeline.Denoise(request).Last().State!.Latents).Values;
        var near = rounded.DecodePixels(rounded.Denoise(request).Last().State!.Latents).Values;
        Assert.True(Closeness.Cosine(exact, near) > 0.99);
    }

    [Fact]
    public void The_studio_is_told_what_suits_it()
    {
        var info = _pipeline.Info;
        Assert.Equal((64, 128, 256), (info.MinSize, info.DefaultSize, info.MaxSize));
        Assert.Equal((40, 4.0, 3.0, 1.0), (info.DefaultSteps, info.TextGuidance, info.EditTextGuidance, info.ImageGuidance));
        Assert.NotEmpty(info.Examples);
        Assert.Equal(17, info.LatentToRgb!.Length);
    }

    private static JsonElement Index() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected/index.json"))).RootElement;
}

using System.Text.Json;

namespace OmniGen2.Tests.Pipeline;

/// <summary>A trained checkpoint, the first that shipped, and two pictures that the original drew with it.</summary>
public sealed class TrainedModelTests
{
    private const double PixelTolerance = 1e-3;

    private static readonly string Folder = GoldenFile.Path("mini-rough");

    public static TheoryData<string> Pictures => [.. Index().EnumerateObject().Select(p => p.Name)];

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
        using var pipeline = OmniGen2Pipeline.Load(Folder, new PipelineOptions { Precision = ModelPrecision.Float32, Device = "cpu" });
        var seen = new RecordedTensors();
        var parity = new ParityOptions { Latents = new LatentImage(16, 16, 16, golden.Floats("input.latents")), Record = seen.Add };
        var last = pipeline.Denoise(request, parity).Last();

        GoldenAssert.Close(golden.Floats("input.timesteps"), seen["input.timesteps"], 1e-7);
        GoldenAssert.Close(golden.Floats("out.decoded"), pipeline.DecodePixels(last.State!.Latents).Values, PixelTolerance);
    }

    private static JsonElement Index() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected/index.json"))).RootElement;
}

namespace OmniGen2.Tests.Pipeline;

/// <summary>The checkpoint that ships.</summary>
public sealed class MiniModelTests : IDisposable
{
    private static readonly string Folder = Path.Combine(GoldenFile.RepositoryRoot, "models/omnigen2-mini");

    private readonly OmniGen2Pipeline _pipeline = OmniGen2Pipeline.Load(Folder, new PipelineOptions { Precision = ModelPrecision.Float32, Device = "cpu" });

    public void Dispose() => _pipeline.Dispose();

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
}

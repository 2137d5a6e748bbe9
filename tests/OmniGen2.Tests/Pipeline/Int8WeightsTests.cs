using OmniGen2.Evaluation;
using OmniGen2.Sampling;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Pipeline;

/// <summary>Layers in 8 bits take less memory and draw nearly the same.</summary>
public sealed class Int8WeightsTests
{
    private static readonly string Mini = Path.Combine(GoldenFile.RepositoryRoot, "models/omnigen2-mini");

    private static readonly GenerationRequest Request = new() { Prompt = "a large red star in the center on a white background", Width = 64, Height = 64, Steps = 4, TextGuidance = 4 };

    private static readonly ChatRequest Question = new() { Turns = [new ChatTurn(ChatRole.User, "Draw a red star.")], MaxNewTokens = 12 };

    [Fact]
    public void Pictures_are_nearly_the_same_and_memory_is_saved()
    {
        using var full = Load(BlockWeights.Full);
        using var int8 = Load(BlockWeights.Int8);
        var (exact, near) = (Draw(full), Draw(int8));
        Assert.NotEqual(exact.Pixels, near.Pixels);
        Assert.InRange(Psnr.Of(exact, near), 35, 100);

        var saved = full.Info.Footprint!.Weights(Residency.All) - int8.Info.Footprint!.Weights(Residency.All);
        Assert.InRange(saved, full.Info.Footprint.Weights(Residency.All) / 4, full.Info.Footprint.Weights(Residency.All));
        Assert.True(int8.Advise(Request).Memory < full.Advise(Request).Memory);
    }

    [Fact]
    public void Where_the_other_weights_stay_changes_nothing()
    {
        using var all = Load(BlockWeights.Int8, Residency.All, ModelPrecision.BFloat16);
        using var streamed = Load(BlockWeights.Int8, Residency.Streamed, ModelPrecision.BFloat16);
        Assert.Equal(Draw(all).Pixels, Draw(streamed).Pixels);
        Assert.Equal(all.Chat(Question).ToList(), streamed.Chat(Question).ToList());
        var footprint = all.Info.Footprint!;
        Assert.True(footprint.Copies > footprint.Parts.Sum() / 4, "the layers are copies, which stay");
    }

    [Fact]
    public void It_is_told_and_part_of_where_a_picture_came_from()
    {
        using var full = Load(BlockWeights.Full);
        using var int8 = Load(BlockWeights.Int8);
        Assert.Equal(("Float32", ""), (full.Info.Precision, full.Info.WeightsNote));
        Assert.Equal("Float32 with 8-bit weights", int8.Info.Precision);
        Assert.StartsWith("Its layers are kept in 8 bits", int8.Info.WeightsNote);
    }

    [Fact]
    public void Another_device_is_refused_with_a_remedy()
    {
        Assert.Equal(BlockWeights.Full, BlockWeights.Full.On(new Device("cuda")));
        Assert.Contains("choose the device 'cpu'", Assert.Throws<ModelException>(() => BlockWeights.Int8.On(new Device("cuda"))).Message);
    }

    private static OmniGen2Pipeline Load(BlockWeights weights, Residency residency = Residency.All, ModelPrecision precision = ModelPrecision.Auto) =>
        OmniGen2Pipeline.Load(Mini, new PipelineOptions { Device = "cpu", Precision = precision, Residency = residency, Weights = weights });

    private static RgbImage Draw(OmniGen2Pipeline pipeline) => pipeline.Decode(Request, pipeline.Denoise(Request).Last().State!);
}

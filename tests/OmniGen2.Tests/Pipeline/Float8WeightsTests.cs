using OmniGen2.Evaluation;
using OmniGen2.Sampling;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Pipeline;

/// <summary>Layers in fp8: what they draw, shown by the CPU, and where they are refused.</summary>
public sealed class Float8WeightsTests
{
    private static readonly string Mini = Path.Combine(GoldenFile.RepositoryRoot, "models/omnigen2-mini");

    private static readonly GenerationRequest Request = new() { Prompt = "a large red star in the center on a white background", Width = 64, Height = 64, Steps = 4, TextGuidance = 4 };

    [Fact]
    public void Pictures_are_near_and_memory_is_saved()
    {
        using var full = OmniGen2Pipeline.Load(Mini, new PipelineOptions { Device = "cpu" });
        using var float8 = OmniGen2Pipeline.Load(Mini, new PipelineOptions { Device = "cpu", Weights = BlockWeights.Float8, EmulatesFloat8 = true });
        var (exact, near) = (Draw(full), Draw(float8));
        Assert.NotEqual(exact.Pixels, near.Pixels);
        Assert.InRange(Psnr.Of(exact, near), 25, 100);
        var saved = full.Info.Footprint!.Weights(Residency.All) - float8.Info.Footprint!.Weights(Residency.All);
        Assert.InRange(saved, full.Info.Footprint.Weights(Residency.All) / 4, full.Info.Footprint.Weights(Residency.All));
        Assert.Equal("Float32 with fp8 weights", float8.Info.Precision);
        Assert.StartsWith("Its layers are kept in fp8", float8.Info.WeightsNote);
    }

    [Fact]
    public void The_cpu_is_refused_with_a_remedy() => Assert.Contains(
        "on GPUs only, and the device is 'cpu'",
        Assert.Throws<ModelException>(() => OmniGen2Pipeline.Load(Mini, new PipelineOptions { Device = "cpu", Weights = BlockWeights.Float8 })).Message);

    [Theory]
    [InlineData(true, 8, 0, "compute capability 8.9 or more, and 'cuda:1' has 8.0")]
    [InlineData(true, 7, 9, "has 7.9")]
    [InlineData(false, 9, 0, "libtorch 2.5 or newer")]
    public void A_gpu_or_a_libtorch_without_it_is_refused_with_the_numbers(bool isCompiled, int major, int minor, string expected) => Assert.Contains(
        expected, Assert.Throws<ModelException>(() => BlockWeightsOnDevices.CheckFloat8(new Device("cuda:1"), isCompiled, (major, minor))).Message);

    [Theory]
    [InlineData(8, 9)]
    [InlineData(9, 0)]
    [InlineData(12, 0)]
    public void A_gpu_that_has_it_is_not(int major, int minor) => Assert.Equal(BlockWeights.Float8, BlockWeightsOnDevices.CheckFloat8(new Device("cuda"), true, (major, minor)));

    private static RgbImage Draw(OmniGen2Pipeline pipeline) => pipeline.Decode(Request, pipeline.Denoise(Request).Last().State!);
}

using OmniGen2.Weights.Staging;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Weights.Staging;

/// <summary>The tiny checkpoint, its weights brought to the CPU as they would be to a GPU, by a device of the test's.</summary>
internal static class StagedModel
{
    // A layer passes through in several pieces.
    private const long BufferBytes = 16 << 10;

    public static GenerationRequest Boat { get; } = new() { Prompt = "A boat on a lake.", Width = 64, Height = 48, Steps = 3, TextGuidance = 4, Seed = 1 };

    public static GenerationRequest Edit { get; } = Boat with { Prompt = "Make the sky green.", Images = [new RgbImage(64, 48)], Seed = 4 };

    public static ChatRequest Question { get; } = new() { Turns = [new ChatTurn(ChatRole.User, "Say hello.") { Images = [new RgbImage(56, 56)] }], MaxNewTokens = 4 };

    public static WeightStager Stager(LateCopies copies, ScalarType dtype) => new(CPU, dtype, copies, BufferBytes);

    public static OmniGen2Pipeline Load(Residency residency, LateCopies copies, ModelPrecision precision = ModelPrecision.BFloat16, long? limit = null, string? folder = null) =>
        OmniGen2Pipeline.Load(folder ?? GoldenFile.Path("tiny-omnigen2"), new PipelineOptions
        {
            Precision = precision,
            Device = "cpu",
            Residency = residency,
            MemoryLimit = limit,
            Stager = dtype => Stager(copies, dtype),
        });

    /// <summary>As the CPU does it, from the mapped files.</summary>
    public static OmniGen2Pipeline LoadMapped(ModelPrecision precision = ModelPrecision.BFloat16) =>
        OmniGen2Pipeline.Load(GoldenFile.Path("tiny-omnigen2"), new PipelineOptions { Precision = precision, Device = "cpu", Residency = Residency.All });

    public static float[] Draw(OmniGen2Pipeline pipeline, GenerationRequest? request = null) => pipeline.Denoise(request ?? Boat).Last().State!.Latents.Values;

    /// <summary>A picture from words, one from a picture, its pixels, and an answer about a picture.</summary>
    public static string Work(OmniGen2Pipeline pipeline)
    {
        var state = pipeline.Denoise(Edit).Last().State!;
        var pixels = pipeline.Decode(Edit, state).Pixels;
        var answer = string.Join("|", pipeline.Chat(Question));
        return $"{Text(Draw(pipeline))} {Text(state.Latents.Values)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(pixels))} {answer}";
    }

    private static string Text(float[] values) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values)));
}

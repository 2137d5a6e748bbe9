namespace OmniGen2.Tests.Pipeline;

/// <summary>The tiny checkpoint in fp32, loaded once for all tests of a class.</summary>
public sealed class TinyModel : IDisposable
{
    public OmniGen2Pipeline Pipeline { get; } = Load();

    public static OmniGen2Pipeline Load(ModelPrecision precision = ModelPrecision.Float32) =>
        OmniGen2Pipeline.Load(GoldenFile.Path("tiny-omnigen2"), new PipelineOptions { Precision = precision, Device = "cpu" });

    public void Dispose() => Pipeline.Dispose();
}

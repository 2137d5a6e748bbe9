using OmniGen2.Models.Diffusion;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Diffusion;

/// <summary>The recorded small network. Weights are read once a precision and stay for the whole run.</summary>
internal static class TinyTransformer
{
    public const string WeightsFile = "dit-tiny/diffusion_pytorch_model.safetensors";

    private static readonly Lazy<OmniGen2Transformer> Single = new(() => Build(ScalarType.Float32, streamed: false));
    private static readonly Lazy<OmniGen2Transformer> Half = new(() => Build(ScalarType.BFloat16, streamed: false));
    private static readonly Lazy<OmniGen2Transformer> Streamed = new(() => Build(ScalarType.BFloat16, streamed: true));

    public static TransformerConfig Config { get; } = TransformerConfig.Load(GoldenFile.Path("dit-tiny/config.json"));

    public static OmniGen2Transformer Load(ScalarType dtype = ScalarType.Float32) => dtype == ScalarType.Float32 ? Single.Value : Half.Value;

    /// <summary>In the file's own precision, so that blocks really lie in the mapped file.</summary>
    public static OmniGen2Transformer LoadStreamed() => Streamed.Value;

    private static OmniGen2Transformer Build(ScalarType dtype, bool streamed) =>
        SafetensorsSource.Open(GoldenFile.Path(WeightsFile), new SafetensorsOptions { DType = dtype }).Build(w => new OmniGen2Transformer(Config, w, streamed));
}

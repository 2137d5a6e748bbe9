using OmniGen2.Imaging;
using OmniGen2.Sampling;
using static TorchSharp.torch;

namespace OmniGen2;

/// <summary>The front door: a checkpoint that answers, draws, edits and composes. One thread at a time; between two quanta any other request may run.</summary>
public sealed partial class OmniGen2Pipeline : IPipeline
{
    private readonly ModelParts _parts;
    private readonly PromptEncoder _prompts;
    private readonly ReferenceEncoder _references;

    private OmniGen2Pipeline(ModelInfo info, ModelParts parts, PipelineOptions options)
    {
        Info = info with { Device = parts.Device.ToString(), Precision = parts.Numbers, Weights = parts.Weights, Footprint = parts.Footprint };
        _parts = parts;
        _memoryLimit = options.MemoryLimit;
        ChooseResidency(info, options);
        _prompts = new PromptEncoder(parts);
        _references = new ReferenceEncoder(parts.Vae, parts.Precision, parts.Device);
    }

    /// <summary>What is known of the checkpoint; <see cref="ModelInfo.Residency"/> in it may change from picture to picture.</summary>
    public ModelInfo Info { get; private set; }

    /// <summary>What the networks compute in: fp32 or bf16.</summary>
    public ScalarType Precision => _parts.Precision;

    public Device Device => _parts.Device;

    internal ModelParts Parts => _parts;

    /// <summary>Tokens of conversations that did not have to be read again, in all.</summary>
    internal long TokensReused => _prompts.Reused;

    /// <param name="folder">A checkpoint in the published layout; `studio.json` beside its model_index.json is read where there is one.</param>
    /// <param name="options">Precision, device, residency, weights.</param>
    public static OmniGen2Pipeline Load(string folder, PipelineOptions? options = null)
    {
        options ??= new PipelineOptions();
        var parts = ModelParts.Load(folder, options);
        try
        {
            return new OmniGen2Pipeline(StudioFile.Load(folder, parts.Vae.Config.LatentChannels), parts, options);
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    /// <summary>The mean of a picture's latents in model space, at the picture's own size.</summary>
    public LatentImage EncodeMean(RgbImage image)
    {
        using var scope = NewDisposeScope();
        Enter(ModelPart.Vae);
        return _references.EncodeMean(image).ToLatentImage();
    }

    /// <summary>What the autoencoder keeps of a picture: encoded, and decoded again.</summary>
    public RgbImage RoundTrip(RgbImage image) => PostProcess.ToImage(DecodePixels(EncodeMean(image)), Precision == ScalarType.BFloat16);

    public void Dispose()
    {
        _prompts.Dispose();
        _references.Dispose();
        _parts.Dispose();
    }
}

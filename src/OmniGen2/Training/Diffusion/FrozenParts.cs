using OmniGen2.Imaging;
using OmniGen2.Models.Language;
using OmniGen2.Models.Vae;
using OmniGen2.Sampling;
using OmniGen2.Tokenization;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Diffusion;

// N pictures or prompts · C latent channels · h w latent sides · T text tokens · D width of the language model

/// <summary>The parts of a checkpoint that stay as they are while the transformer learns: what it sees of pictures and of prompts.</summary>
internal sealed class FrozenParts : IDisposable
{
    // Enough to fill a core or two; more takes memory only.
    private const int PicturesAtATime = 32;

    private readonly List<WeightSource> _sources = [];
    private readonly AutoencoderKL _vae;
    private readonly Qwen _language;

    /// <param name="folder">The checkpoint.</param>
    /// <param name="device">Where its parts run, in the precision that sampling would take there.</param>
    public FrozenParts(CheckpointFolder folder, Device device)
    {
        Device = device;
        Precision = ModelParts.FindPrecision(ModelPrecision.Auto, device, folder);
        Reader = new PromptReader(
            new PromptTemplate(BytePairTokenizer.Load(folder.Processor)),
            QwenImageProcessor.Load(Path.Combine(folder.Processor, "preprocessor_config.json")));
        try
        {
            var vae = VaeConfig.Load(CheckpointFolder.Config(folder.Vae));
            var language = QwenConfig.Load(CheckpointFolder.Config(folder.Mllm));
            _vae = Build(folder.Vae, [], weights => new AutoencoderKL(weights, vae));
            _language = Build(folder.Mllm, SafetensorsOptions.QwenAliases, weights => new Qwen(weights, language));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Device Device { get; }

    public ScalarType Precision { get; }

    public PromptReader Reader { get; }

    public long LatentChannels => _vae.Config.LatentChannels;

    public long TextSize => _language.Config.HiddenSize;

    /// <summary>Means of the pictures' latents in model space, [N, C, h, w] on the CPU. The pictures have one size.</summary>
    public Tensor EncodePictures(IEnumerable<RgbImage> pictures)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        foreach (var some in pictures.Chunk(PicturesAtATime))
        {
            using var inner = NewDisposeScope();
            var pixels = stack(some.Select(p => tensor(ReferenceImageProcessor.Normalize(p).Values, [3, p.Height, p.Width])));
            var mean = _vae.Encode(pixels.to_type(Precision).to(Device)).Mean;   // [n, C, h, w]
            parts.Add(_vae.ToModelSpace(mean).cpu().MoveToOuterDisposeScope());
        }

        return cat(parts, 0).MoveToOuterDisposeScope();
    }

    /// <summary>What the transformer is told of prompts of one length, form and number of pictures, [N, T, D] on the CPU: in a conversation all but the pictures' own tokens.</summary>
    public Tensor EncodePrompts(IReadOnlyList<PromptToRead> prompts)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var hidden = _language.Forward([.. prompts.Select(Reader.Prepare)]);
        return hidden.index_select(1, tensor(Kept(prompts[0]), device: hidden.device)).cpu().MoveToOuterDisposeScope();
    }

    /// <summary>Places of the tokens whose states the transformer sees.</summary>
    public long[] Kept(PromptToRead prompt) =>
        [.. Enumerable.Range(0, prompt.Ids.Length).Where(i => !prompt.IsChat || prompt.Ids[i] != _language.Config.ImagePadId).Select(i => (long)i)];

    public void Dispose()
    {
        foreach (var source in _sources)
        {
            source.Dispose();
        }
    }

    private T Build<T>(string part, IReadOnlyList<(string Stored, string Wanted)> aliases, Func<WeightScope, T> build)
    {
        var source = SafetensorsSource.Open(part, new SafetensorsOptions { DType = Precision, Device = Device, Aliases = aliases });
        _sources.Add(source);
        return source.Build(build);
    }
}

using OmniGen2.Imaging;
using OmniGen2.Models.Language;
using OmniGen2.Tokenization;
using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>The tiny language model with all that belongs to it, and the recorded pictures.</summary>
internal sealed class QwenParts
{
    private readonly RecordedFolder _folder;
    private readonly RecordedJson _index;
    private readonly Lazy<QwenImageProcessor> _processor;
    private readonly Lazy<QwenConfig> _config;
    private readonly Lazy<GenerationOptions> _options;
    private readonly Lazy<PromptTemplate> _template;

    public QwenParts(ParitySource source, RecordedFolder folder, RecordedJson index)
    {
        _folder = folder;
        _index = index;
        _config = new(() => QwenConfig.Load(Path.Combine(Mllm(source), "config.json")));
        _options = new(() => GenerationOptions.Load(Path.Combine(Mllm(source), "generation_config.json")));
        _processor = new(() => QwenImageProcessor.Load(Path.Combine(Checkpoint(source).ClaimBelow("processor"), "preprocessor_config.json")));
        _template = new(() => new PromptTemplate(new RecordedTokenizers(source.Set)[RecordedTokenizers.Tiny]));
        Single = Part(ScalarType.Float32);
        Half = Part(ScalarType.BFloat16);

        LoadedPart<Qwen> Part(ScalarType type) => new(() => source.Open(Mllm(source), type), weights => new Qwen(weights, Config));
    }

    public LoadedPart<Qwen> Single { get; }

    public LoadedPart<Qwen> Half { get; }

    public QwenConfig Config => _config.Value;

    public QwenImageProcessor Processor => _processor.Value;

    public GenerationOptions Options => _options.Value;

    public PromptTemplate Template => _template.Value;

    /// <summary>The picture itself.</summary>
    public RgbImage Picture(string letter) => ImageFile.Open(_folder.Claim(_index["images"][letter].Text), applyOrientation: false);

    /// <summary>Pictures as the original's processor cut them where that is recorded, so that a case shows its own differences only.</summary>
    public IReadOnlyList<QwenImage> Images(RecordedJson letters) => [.. letters.Texts.Select(Image)];

    public int[] Tokens(IEnumerable<QwenImage> images) => [.. images.Select(i => i.Patches / Config.Vision.PatchesPerToken)];

    private QwenImage Image(string letter)
    {
        var alone = _index["cases"].Entries.Select(e => e.Value).FirstOrDefault(c => c["images"].Texts.SequenceEqual([letter]));
        if (alone is not null && _folder.Open(alone["file"].Text) is var file && file.Has("pixel_values"))
        {
            var grid = file.Ints("image_grid_thw");
            return new QwenImage(grid[0], grid[1], grid[2], file.Floats("pixel_values"));
        }

        return Processor.Process(Picture(letter));
    }

    private static RecordedFolder Checkpoint(ParitySource source) => source.Set.Folder("tiny-omnigen2");

    private static string Mllm(ParitySource source) => Checkpoint(source).ClaimBelow("mllm");
}

using OmniGen2.Imaging;
using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Language;
using OmniGen2.Models.Vae;
using OmniGen2.Schedulers;
using OmniGen2.Tokenization;
using OmniGen2.Weights;

namespace OmniGen2.Evaluation.Parity;

/// <summary>The tiny checkpoint loads: configs, and every tensor by name and shape. Whether its numbers are right, the runs show.</summary>
internal sealed class TinyCheckpointCases(ParitySource source) : RecordedCases(source, "tiny-omnigen2")
{
    private static readonly string[] ProcessorFiles =
    [
        "preprocessor_config.json", "vocab.json", "merges.txt", "tokenizer.json", "tokenizer_config.json", "added_tokens.json", "special_tokens_map.json",
    ];

    private readonly ParitySource _source = source;

    public override IEnumerable<ParityCase> List()
    {
        Folder.Claim("model_index.json");
        yield return Case("model_index", checks => checks.Same("path", Root, CheckpointFolder.Open(Root).Path));
        yield return Network("transformer", (config, weights) => new OmniGen2Transformer(TransformerConfig.Load(config), weights));
        yield return Network("vae", (config, weights) => new AutoencoderKL(weights, VaeConfig.Load(config)));
        yield return Network("mllm", (config, weights) => new Qwen(weights, QwenConfig.Load(config)));

        var generation = Folder.Claim("mllm/generation_config.json");
        yield return Case("generation", checks => checks.Same("greedy", recorded: true, computed: GenerationOptions.Load(generation).IsGreedy));
        var scheduler = Folder.Claim("scheduler/scheduler_config.json");
        yield return Case("scheduler", checks => checks.Same("times of 1 step", [0.0, 1.0], SchedulerConfig.Load(scheduler).Times(1, 1024)));
        foreach (var file in ProcessorFiles)
        {
            Folder.Claim($"processor/{file}");
        }

        yield return Case("processor", CompareProcessor);
    }

    private string Root => Path.GetDirectoryName(Folder.Claim("model_index.json"))!;

    private ParityCase Network<T>(string name, Func<string, WeightScope, T> build)
    {
        var config = Folder.Claim($"{name}/config.json");
        foreach (var file in Folder.Files.Where(f => f.StartsWith($"{name}/", StringComparison.Ordinal) && f.Contains(".safetensors")))
        {
            Folder.Claim(file);
        }

        return Case(name, checks =>
        {
            using var weights = _source.Open(Path.Combine(Root, name));
            weights.Build(scope => build(config, scope));
            var isFinite = weights.Parameters.Values.All(p => p.isfinite().all().item<bool>());
            checks.Same("every value is a number", recorded: true, computed: isFinite);
        });
    }

    private void CompareProcessor(CaseChecks checks)
    {
        var processor = Path.Combine(Root, "processor");
        var tokenizer = BytePairTokenizer.Load(processor);
        var files = new TokenizerFolder(processor);
        if (Vocabulary.LoadWhole(files) is { } whole)
        {
            var parts = Vocabulary.Load(files);
            checks.Same("tokenizer.json: vocabulary", parts.Entries.OrderBy(e => e.Value), whole.Entries.OrderBy(e => e.Value));
            checks.Same("tokenizer.json: merges", parts.Merges, whole.Merges);
        }

        var language = QwenConfig.Load(Path.Combine(Root, "mllm/config.json"));
        var images = QwenImageProcessor.Load(Path.Combine(processor, "preprocessor_config.json")).Config;
        checks.Same("image pad", language.ImagePadId, new PromptTemplate(tokenizer).ImagePadId);
        checks.Same("values of a patch", language.Vision.PatchValues, 3 * images.TemporalPatchSize * images.PatchSize * images.PatchSize);
        checks.Same("patches of a token", language.Vision.PatchesPerToken, images.MergeSize * images.MergeSize);
    }
}

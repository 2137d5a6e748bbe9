using OmniGen2.Imaging;
using OmniGen2.Models.Language;
using OmniGen2.Tokenization;
using OmniGen2.Training.Shapes;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Language;

/// <summary>Questions, judgements, wishes and prompts about the shapes world, drawn on the fly, and what the language model makes of them.</summary>
internal sealed class LanguageTask : ITrainingTask<LanguageBatch>, IDisposable
{
    private const long SamplesPerBatch = 100_000;

    private readonly LanguageConfig _config;
    private readonly WeightSource _weights;
    private readonly FreshSource _headWeights;
    private readonly List<(long Until, TreeSampler Sampler)> _stages;
    private readonly BatchBuilder _builder;
    private readonly LanguageLosses _losses;
    private readonly LanguageValidation _validation;

    /// <param name="config">Checked.</param>
    /// <param name="folder">The base checkpoint.</param>
    public LanguageTask(LanguageConfig config, CheckpointFolder folder)
    {
        _config = config;
        var sizes = QwenConfig.Load(CheckpointFolder.Config(folder.Mllm));
        var template = new PromptTemplate(BytePairTokenizer.Load(folder.Processor));
        var images = QwenImageProcessor.Load(Path.Combine(folder.Processor, "preprocessor_config.json"));
        Writer = new ConversationWriter(template, images.CountTokens(new RgbImage(Grid.PictureSize, Grid.PictureSize)));
        _weights = config.Fresh
            ? new FreshSource(config.Seed)
            : SafetensorsSource.Open(folder.Mllm, new SafetensorsOptions { Trainable = true, Aliases = SafetensorsOptions.QwenAliases });
        _headWeights = new FreshSource(config.Seed);
        var network = LanguageNetwork.Build(_weights, _headWeights, sizes);
        Parameters = _weights.Parameters.Concat(_headWeights.Parameters).ToDictionary(p => p.Key, p => p.Value);
        _builder = new BatchBuilder(sizes, images, template.Tokenizer, config.Weights);
        _losses = new LanguageLosses(network, config.Weights);
        _stages =
        [
            .. config.Stages.Select(s => (s.Until, Sampler(s.World ?? config.World, s.Trees ?? config.Trees, s.Questions ?? config.Questions))),
            (long.MaxValue, Sampler(config.World, config.Trees, config.Questions)),
        ];
        Answers = new AnswerRun(network.Model, template, images);
        _validation = new LanguageValidation(network, _losses, Answers, config, Draw);
    }

    public ConversationWriter Writer { get; }

    public AnswerRun Answers { get; }

    public IReadOnlyDictionary<string, Tensor> Parameters { get; }

    /// <summary>Whether a parameter is a head, which no checkpoint has.</summary>
    public static bool IsHead(string name) => name.StartsWith("heads.", StringComparison.Ordinal);

    /// <summary>Whether a matrix lies inside the layers.</summary>
    public static bool IsHidden(string name) =>
        name.StartsWith("model.layers.", StringComparison.Ordinal)
        || name.StartsWith("visual.blocks.", StringComparison.Ordinal)
        || name.StartsWith("visual.merger.mlp.", StringComparison.Ordinal);

    public LanguageBatch Load(long index)
    {
        var step = index / _config.Training.Accumulation;
        return Draw(SceneRandom.ForTraining(_config.Seed, index), _stages.First(s => step < s.Until).Sampler, index);
    }

    public Tensor Loss(LanguageBatch batch)
    {
        using var scope = NewDisposeScope();
        return _losses.Samples(batch).MoveToOuterDisposeScope();
    }

    public IReadOnlyDictionary<string, double> Validate() => _validation.Run();

    public void Dispose()
    {
        _weights.Dispose();
        _headWeights.Dispose();
    }

    /// <summary>A batch as the last stage has them.</summary>
    private LanguageBatch Draw(SceneRandom random, long index) => Draw(random, _stages[^1].Sampler, index);

    private LanguageBatch Draw(SceneRandom random, TreeSampler sampler, long index)
    {
        ConversationTree[] trees = [.. Enumerable.Range(0, _config.Batch.Rows).Select(_ => sampler.Sample(random))];
        Scene[] extra = [.. Enumerable.Range(0, _config.Batch.ExtraPictures).Select(_ => sampler.Scene(random))];
        return _builder.Build(trees, extra, index * SamplesPerBatch);
    }

    private TreeSampler Sampler(WorldOptions world, TreeShares trees, QuestionShares questions) =>
        new(Writer, world, trees, questions, _config.ThreadShare, _config.Batch.Length);
}

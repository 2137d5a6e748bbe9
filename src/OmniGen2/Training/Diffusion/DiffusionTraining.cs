using OmniGen2.Sampling;
using OmniGen2.Training.Folder;
using OmniGen2.Training.Shapes;
using OmniGen2.Weights;

namespace OmniGen2.Training.Diffusion;

/// <summary>Trains the diffusion transformer of a checkpoint on the shapes world; see <see cref="DiffusionConfig"/>.</summary>
public sealed class DiffusionTraining : ITrainingRun
{
    private readonly DiffusionConfig _config;
    private readonly CheckpointFolder _base;
    private readonly string _outFolder;
    private readonly FrozenParts _frozen;
    private readonly TrainedTransformer _transformer;
    private readonly SamplePool _pool;
    private readonly Trainer<DiffusionBatch> _trainer;
    private readonly DiffusionValidation _validation;

    private DiffusionTraining(DiffusionConfig config, string outFolder)
    {
        (_config, _outFolder) = (config, outFolder);
        _base = CheckpointFolder.Open(config.Model);
        var device = ModelParts.FindDevice(config.Device);
        _frozen = new FrozenParts(_base, device);
        _transformer = new TrainedTransformer(config, _base, device, outFolder);
        var samples = new SampleWriter(_frozen.Reader);
        var (filler, writer) = (new PoolFiller(config, samples), new ShardWriter(_frozen, samples));
        var cache = Path.Combine(outFolder, "cache", PoolFiller.Key(config, _base));
        _pool = new SamplePool(config.Pool, cache, (number, path, cancellation) => writer.Write(path, filler.Samples(number), cancellation));
        _validation = new DiffusionValidation(_transformer.Model, ValidationShard(writer, samples, cache), config);
        var task = new DiffusionTask(_transformer.Model, _transformer.Parameters, new BatchMaker(config, _pool), _transformer.Heads, config, Validate);
        _trainer = new Trainer<DiffusionBatch>(task, config.Optimizer.Create(_transformer.Parameters, TrainedTransformer.IsHidden), config.Training, outFolder);
    }

    public TrainingSettings Settings => _config.Training;

    public long Step => _trainer.Step;

    /// <summary>Reads the config and makes all ready; scenes are drawn, or pictures read, when the first step needs them.</summary>
    /// <param name="configPath">A JSON file, see <see cref="DiffusionConfig"/>.</param>
    /// <param name="outFolder">For states, log and cache; made if it is not there.</param>
    public static ITrainingRun Open(string configPath, string outFolder)
    {
        var config = DiffusionConfig.Load(configPath);
        var folder = Directory.CreateDirectory(outFolder).FullName;
        return config.Data is null ? new DiffusionTraining(config, folder) : new FolderTraining(config, folder);
    }

    public void Resume(string folder) => _trainer.Resume(folder);

    public IEnumerable<TrainingStep> Run(TrainingBudget? budget = null, CancellationToken cancellation = default) => _trainer.Run(budget, cancellation);

    public IReadOnlyList<ContactSheet> Sheets()
    {
        using var preview = Preview();
        return preview.Sheets(_config.Validation.SheetRows);
    }

    public void Export(string folder) => CheckpointCopy.Write(_base.Path, folder, "transformer", copy =>
    {
        _transformer.Write(_trainer.Weights, Path.Combine(copy, "transformer"));
        WorldFile.Save(copy, _config.World);
    });

    public void Dispose()
    {
        _pool.Dispose();
        _trainer.Dispose();
        _transformer.Dispose();
        _frozen.Dispose();
    }

    private Shard ValidationShard(ShardWriter writer, SampleWriter samples, string cache)
    {
        Directory.CreateDirectory(cache);
        var path = Path.Combine(cache, $"validation-{_config.Validation.Samples}.safetensors");
        if (!File.Exists(path))
        {
            writer.Write(path, DiffusionValidation.Samples(_config, samples));
        }

        return new Shard(0, path);
    }

    private DiffusionPreview Preview() => new(Export, Path.Combine(_outFolder, "preview"), _config);

    private IReadOnlyDictionary<string, double> Validate()
    {
        var (settings, losses) = (_config.Validation, _validation.Measure());
        if (settings.ScoreScenes == 0 || Step / Settings.ValidateSteps % settings.ScoreEvery != 0)
        {
            return losses;
        }

        using var preview = Preview();
        return losses.Concat(preview.Score(settings.ScoreScenes).Select(s => KeyValuePair.Create(s.Name, s.Value))).ToDictionary();
    }
}

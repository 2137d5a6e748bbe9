using OmniGen2.Sampling;
using OmniGen2.Training.Diffusion;
using OmniGen2.Training.Shapes;
using OmniGen2.Weights;

namespace OmniGen2.Training.Folder;

/// <summary>Trains the diffusion transformer of a checkpoint on pictures from disk; see <see cref="FolderSettings"/>.</summary>
internal sealed class FolderTraining : ITrainingRun
{
    private readonly DiffusionConfig _config;
    private readonly CheckpointFolder _base;
    private readonly string _outFolder;
    private readonly FrozenParts _frozen;
    private readonly TrainedTransformer _transformer;
    private readonly FolderCache _cache;
    private readonly IReadOnlyList<FolderSample> _shown;
    private readonly Trainer<FolderBatch> _trainer;

    /// <param name="config">With data.</param>
    /// <param name="outFolder">For states, log, cache, and `skipped.txt`, which names all that cannot be used.</param>
    public FolderTraining(DiffusionConfig config, string outFolder)
    {
        (_config, _outFolder) = (config, outFolder);
        _base = CheckpointFolder.Open(config.Model);
        var device = ModelParts.FindDevice(config.Device);
        _frozen = new FrozenParts(_base, device);
        var settings = config.Data!.For(StudioFile.Load(_base.Path, (int)_frozen.LatentChannels));
        var faults = new FaultLog(settings.MaxBad, Path.Combine(outFolder, "skipped.txt"));
        var lists = new FolderScan(settings, faults).Read();
        var (trained, heldOut) = FolderSamples.Split(lists, settings.HeldOut, SceneRandom.ForTraining(config.Seed, RandomStream.HeldOut));
        _transformer = new TrainedTransformer(config, _base, device, outFolder);
        _cache = new FolderCache(_frozen, Path.Combine(outFolder, "cache", CacheKey.Of("folder", _base)), faults, config.ChatShare > 0, settings.MaxTextTokens);
        _shown = heldOut.Count > 0 ? heldOut : [.. lists.SelectMany(list => list.Samples)];
        var validation = new FolderValidation(_transformer.Model, _cache, [.. _shown.Take(config.Validation.Samples)], heldOut.Count > 0 ? "held_out" : "trained");
        var task = new FolderTask(_transformer.Model, _transformer.Parameters, new FolderBatchMaker(config, settings, trained, _cache), validation);
        _trainer = new Trainer<FolderBatch>(task, config.Optimizer.Create(_transformer.Parameters, TrainedTransformer.IsHidden), config.Training, outFolder);
    }

    public TrainingSettings Settings => _config.Training;

    public long Step => _trainer.Step;

    public void Resume(string folder) => _trainer.Resume(folder);

    public IEnumerable<TrainingStep> Run(TrainingBudget? budget = null, CancellationToken cancellation = default) => _trainer.Run(budget, cancellation);

    public IReadOnlyList<ContactSheet> Sheets() =>
        [FolderPreview.Draw(Export, Path.Combine(_outFolder, "preview"), _shown.Where(sample => _cache.Find(sample) is not null).Take(_config.Validation.SheetRows), _config)];

    public void Export(string folder) => CheckpointCopy.Write(
        _base.Path, folder, "transformer", copy => _transformer.Write(_trainer.Weights, Path.Combine(copy, "transformer")));

    public void Dispose()
    {
        _trainer.Dispose();
        _transformer.Dispose();
        _cache.Dispose();
        _frozen.Dispose();
    }
}

using OmniGen2.Models.Vae;
using OmniGen2.Sampling;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Vae;

/// <summary>Trains a checkpoint's autoencoder, or its decoder alone, on drawings.</summary>
public sealed class VaeTraining : ITrainingRun
{
    private const int SheetScenes = 6;

    private readonly VaeTrainingConfig _config;
    private readonly WeightSource _source;
    private readonly VaeTask _task;
    private readonly Trainer<VaeBatch> _trainer;
    private readonly RoundTrip _trip;

    private VaeTraining(VaeTrainingConfig config, string outFolder)
    {
        var part = CheckpointFolder.Open(config.Model).Vae;
        var device = ModelParts.FindDevice(config.Device);
        var sizes = VaeConfig.Load(CheckpointFolder.Config(part));
        _config = config;
        _source = config.Fresh
            ? new FreshSource(config.Seed, device: device)
            : SafetensorsSource.Open(part, new SafetensorsOptions { Device = device, Trainable = true });
        try
        {
            var vae = _source.Build(weights => new AutoencoderKL(weights, sizes));
            _trip = new RoundTrip(vae, device);
            _task = new VaeTask(vae, _source.Parameters, config, device);
            _trainer = new Trainer<VaeBatch>(_task, config.Optimizer.Create(_task.Parameters, VaeTask.IsHidden), config.Training, outFolder);
        }
        catch
        {
            _source.Dispose();
            throw;
        }
    }

    public TrainingSettings Settings => _config.Training;

    public long Step => _trainer.Step;

    /// <param name="configPath">A <see cref="VaeTrainingConfig"/>.</param>
    /// <param name="outFolder">For the state and the log; made if it is not there.</param>
    public static VaeTraining Open(string configPath, string outFolder) => new(VaeTrainingConfig.Load(configPath), outFolder);

    public void Resume(string folder) => _trainer.Resume(folder);

    public IEnumerable<TrainingStep> Run(TrainingBudget? budget = null, CancellationToken cancellation = default) => _trainer.Run(budget, cancellation);

    public IReadOnlyList<ContactSheet> Sheets()
    {
        using var averaged = _trainer.Average?.Apply();
        return [_trip.Sheet(SheetScenes)];
    }

    /// <summary>Where the encoder was trained, the spread of its latents and the colours of previews are measured anew: the transformer must then be trained again.</summary>
    public void Export(string folder)
    {
        using var noGrad = no_grad();
        using var averaged = _trainer.Average?.Apply();
        CheckpointCopy.Write(_config.Model, folder, "vae", copy =>
        {
            var part = CheckpointFolder.Open(_config.Model).Vae;
            VaeExport.WriteWeights(_source.Parameters, _trainer.Weights, part, Path.Combine(copy, "vae"));
            if (_config.Part == VaePart.All)
            {
                VaeExport.Measure(_trip, copy);
            }
        });
    }

    public void Dispose()
    {
        _trainer.Dispose();
        _source.Dispose();
    }
}

using OmniGen2.Training.Optimizers;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Vae;

/// <summary>The JSON file of an autoencoder's training.</summary>
public sealed record VaeTrainingConfig
{
    /// <summary>Checkpoint folder to start from, relative to the config file.</summary>
    public required string Model { get; init; }

    /// <summary>Takes only the sizes from the checkpoint, and new weights.</summary>
    public bool Fresh { get; init; }

    public VaePart Part { get; init; } = VaePart.All;

    /// <summary>As everywhere: `auto`, `cpu`, `cuda` or `cuda:0`.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Of the drawings, the noise and fresh weights; below 900,000.</summary>
    public long Seed { get; init; } = 1;

    public VaeData Data { get; init; } = new();

    public VaeLoss Losses { get; init; } = new();

    public required TrainingSettings Training { get; init; }

    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>Reads and checks a file.</summary>
    public static VaeTrainingConfig Load(string path)
    {
        var config = StrictJson.Load<VaeTrainingConfig>(path);
        config.Training.Check(path);
        config.Optimizer.Check(path);
        config.Data.Check(path);
        config.Losses.Check(path);
        _ = SceneRandom.ForTraining(config.Seed, 0);
        if (config.Part == VaePart.Decoder && config.Fresh)
        {
            throw new ModelException($"{path}: fresh = true makes a new encoder too, but part = decoder keeps the checkpoint's: take one of them out.");
        }

        if (config.Part == VaePart.All && config.Data.NoiseShare > 0)
        {
            throw new ModelException(FormattableString.Invariant($"{path}: data.noise_share = {config.Data.NoiseShare} needs part = decoder: an encoder would only make its latents larger than the noise."));
        }

        return config with { Model = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, config.Model)) };
    }
}

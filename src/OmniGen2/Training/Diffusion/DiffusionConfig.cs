using System.Globalization;
using System.Text.Json.Nodes;
using OmniGen2.Training.Flow;
using OmniGen2.Training.Folder;
using OmniGen2.Training.Optimizers;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Diffusion;

/// <summary>A training of the diffusion transformer, as its JSON file has it.</summary>
public sealed record DiffusionConfig
{
    /// <summary>The checkpoint folder to start from, absolute or seen from the config file. Its autoencoder and language model stay as they are.</summary>
    public required string Model { get; init; }

    /// <summary>Start the transformer from chance instead of the checkpoint's weights.</summary>
    public bool Fresh { get; init; }

    /// <summary>With <see cref="Fresh"/>: numbers that replace those of the checkpoint's transformer/config.json, by their names there.</summary>
    public JsonObject? Architecture { get; init; }

    /// <summary>As <see cref="PipelineOptions.Device"/>.</summary>
    public string Device { get; init; } = "auto";

    public required TrainingSettings Training { get; init; }

    public OptimizerSettings Optimizer { get; init; } = new();

    public TimeSampling Time { get; init; } = TimeSampling.Mini;

    /// <summary>Drawn for whole batches: an empty prompt has a length of its own, and nothing is padded.</summary>
    public ConditionDropping Dropping { get; init; } = ConditionDropping.Mini;

    public DiffusionTasks Tasks { get; init; } = new();

    /// <summary>Share of samples whose prompt comes as a conversation brings it: with the header of an answer, pictures seen by the language model.</summary>
    public double ChatShare { get; init; } = 0.2;

    /// <summary>How often a place counts that an edit changes.</summary>
    public double EditWeight { get; init; } = 4;

    /// <summary>How often the places of objects count in pictures from a prompt. It biases the mean, so it belongs to the beginning.</summary>
    public double ObjectWeight { get; init; } = 1;

    /// <summary>Share of the steps for which <see cref="ObjectWeight"/> holds.</summary>
    public double ObjectWeightUntil { get; init; } = 1.0 / 3;

    /// <summary>What the tokens know of the scene counts this much beside the pictures' errors, see <see cref="SceneHeads"/>; 0 trains no such heads.</summary>
    public double SceneWeight { get; init; }

    /// <summary>Most that the loss of one sample counts; an untrained network's is about 2.</summary>
    public double LossCap { get; init; } = 4;

    public PoolSettings Pool { get; init; } = new();

    public WorldOptions World { get; init; } = new();

    /// <summary>Pictures on disk to learn from instead of the shapes world; tasks, weights of edits and objects, pool and world then play no part.</summary>
    public FolderSettings? Data { get; init; }

    /// <summary>Of everything drawn by chance; below <see cref="SceneRandom.FirstEvaluationSeed"/>.</summary>
    public long Seed { get; init; }

    public ValidationSettings Validation { get; init; } = new();

    /// <summary>Reads and checks the file; paths become absolute.</summary>
    public static DiffusionConfig Load(string path)
    {
        var config = StrictJson.Load<DiffusionConfig>(path);
        config.Check(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return config with { Model = Path.GetFullPath(config.Model, folder), Data = config.Data?.SeenFrom(folder) };
    }

    private void Check(string source)
    {
        Training.Check(source);
        Optimizer.Check(source);
        World.Check();
        _ = SceneRandom.ForTraining(Seed, 0);
        var rules = new (bool Holds, FormattableString Fault)[]
        {
            (Architecture is null || Fresh, $"architecture is given, but fresh is false: other sizes than the checkpoint's need fresh = true"),
            (IsShare(ChatShare), $"chat_share = {ChatShare} must be from 0 to 1"),
            (EditWeight >= 1, $"edit_weight = {EditWeight} must be at least 1"),
            (ObjectWeight >= 1, $"object_weight = {ObjectWeight} must be at least 1"),
            (SceneWeight is >= 0 and <= 1000, $"scene_weight = {SceneWeight} must be from 0 to 1000"),
            (LossCap > 0, $"loss_cap = {LossCap} must be above 0"),
            (Time.Latest is > 0 and <= 1, $"time.latest = {Time.Latest} must be above 0 and at most 1"),
            (IsShare(ObjectWeightUntil), $"object_weight_until = {ObjectWeightUntil} must be from 0 to 1"),
            (IsShare(Dropping.Prompt) && IsShare(Dropping.References), $"dropping = {Dropping.Prompt} and {Dropping.References} must be from 0 to 1"),
            (Time.Mixture.Count > 0 && Time.Mixture.All(m => m.Share > 0 && m.Deviation > 0 && double.IsFinite(m.Mean)), $"time.mixture must have parts with a share and a deviation above 0 and a mean"),
        };
        foreach (var (_, fault) in rules.Concat(Tasks.Rules).Concat(Pool.Rules).Concat(Validation.Rules).Concat(Data?.Rules ?? []).Where(r => !r.Holds))
        {
            throw new ModelException($"{source}: {fault.ToString(CultureInfo.InvariantCulture)}.");
        }
    }

    private static bool IsShare(double value) => value is >= 0 and <= 1;
}

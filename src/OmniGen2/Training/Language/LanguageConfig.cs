using OmniGen2.Training.Optimizers;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Training.Language;

/// <summary>How the language model and its vision tower are trained; a whole JSON file.</summary>
public sealed record LanguageConfig
{
    /// <summary>The checkpoint to start from, whose other parts an export takes over; relative to the config file.</summary>
    public required string Model { get; init; }

    /// <summary>Draws all weights by chance; only the sizes are the checkpoint's.</summary>
    public bool Fresh { get; init; }

    public required TrainingSettings Training { get; init; }

    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>Below <see cref="SceneRandom.FirstEvaluationSeed"/>.</summary>
    public long Seed { get; init; }

    public LanguageBatchSize Batch { get; init; } = new();

    public LanguageWeights Weights { get; init; } = new();

    /// <summary>What is seen after the last of the <see cref="Stages"/>, and in validation.</summary>
    public WorldOptions World { get; init; } = new();

    public TreeShares Trees { get; init; } = new();

    public QuestionShares Questions { get; init; } = new();

    /// <summary>How many of the messages about a picture come after one or two others.</summary>
    public double ThreadShare { get; init; } = .08;

    /// <summary>What is seen before, in this order.</summary>
    public IReadOnlyList<LanguageStage> Stages { get; init; } = [];

    /// <summary>Questions, judgements included, that a validation answers.</summary>
    public int Validation { get; init; } = 100;

    /// <summary>Refuses numbers that no run can have.</summary>
    /// <param name="source">The file or whatever a message shall name.</param>
    public void Check(string source)
    {
        Training.Check(source);
        Optimizer.Check(source);
        Batch.Check(source);
        Weights.Check(source);
        CheckStage(World, Trees, Questions, "");
        var last = 0L;
        for (var i = 0; i < Stages.Count; i++)
        {
            var stage = Stages[i];
            Require(stage.Until > last, $"stages[{i}].until = {stage.Until} must be above {last}");
            last = stage.Until;
            CheckStage(stage.World ?? World, stage.Trees ?? Trees, stage.Questions ?? Questions, $"stages[{i}].");
        }

        Require(Seed is >= 0 and < SceneRandom.FirstEvaluationSeed, $"seed = {Seed} must be from 0 to {SceneRandom.FirstEvaluationSeed - 1}; those beyond are kept for evaluation");
        Require(ThreadShare is >= 0 and <= 1, $"thread_share = {ThreadShare} must be from 0 to 1");
        Require(Validation is >= 0 and <= 10_000, $"validation = {Validation} must be from 0 to 10000");

        void CheckStage(WorldOptions world, TreeShares trees, QuestionShares questions, string section)
        {
            try
            {
                world.Check();
            }
            catch (ModelException fault)
            {
                throw new ModelException($"{source}: {section}world: {fault.Message}", fault);
            }

            ConfigRules.CheckShares(source, $"{section}trees", trees.Weights);
            ConfigRules.CheckShares(source, $"{section}questions", questions.Weights);
        }

        void Require(bool holds, FormattableString fault) => ConfigRules.Require(source, holds, fault);
    }
}

/// <summary>What is seen until a step; what it leaves out is as in the rest of the config.</summary>
public sealed record LanguageStage
{
    /// <summary>First step that is no longer of this stage.</summary>
    public required long Until { get; init; }

    public WorldOptions? World { get; init; }

    public TreeShares? Trees { get; init; }

    public QuestionShares? Questions { get; init; }
}

using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>The fixed tasks that models are scored on: task i of a seed is always the same, and kinds take turns.</summary>
public sealed class EvaluationTasks
{
    // A stream for every subject, so that none repeats the scenes of another.
    private const long StreamLength = 1_000_000_000;

    private static readonly ComposeKind[] ComposeKinds = [ComposeKind.Pair, ComposeKind.Insert, ComposeKind.Three, ComposeKind.PairOnBackground];

    private readonly long _seed;
    private readonly Grammar _grammar;

    public EvaluationTasks(long seed, WorldOptions options)
    {
        // Refuses a seed of training before anything is scored.
        _ = SceneRandom.ForEvaluation(seed, 0);
        _seed = seed;
        _grammar = new Grammar(options);
    }

    /// <summary>1, 2, … objects by turns.</summary>
    public T2iTask T2i(int index) => _grammar.T2i(Random(0, index), 1 + (index % _grammar.Scenes.Options.MaxObjects));

    public EditTask Edit(int index)
    {
        var kinds = _grammar.EditKinds;
        return _grammar.Edit(Random(1, index), kinds[index % kinds.Count]);
    }

    public ComposeTask Compose(int index) => _grammar.InContext(Random(2, index), ComposeKinds[index % ComposeKinds.Length]);

    /// <summary>Every kind of question equally often.</summary>
    public QuestionTask Question(int index)
    {
        var kinds = Enum.GetValues<QuestionKind>();
        return _grammar.Question(Random(3, index), kinds[index % kinds.Length]);
    }

    /// <summary>A picture that matches, then one that does not, each fault by turns.</summary>
    public JudgeTask Judge(int index)
    {
        var faults = Enum.GetValues<JudgeFault>()[1..];
        return _grammar.Judge(Random(4, index), index % 2 == 0 ? JudgeFault.None : faults[index / 2 % faults.Length]);
    }

    private SceneRandom Random(int subject, int index) => SceneRandom.ForEvaluation(_seed, (subject * StreamLength) + index);
}

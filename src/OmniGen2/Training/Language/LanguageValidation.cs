using OmniGen2.Evaluation.Shapes;
using OmniGen2.Training.Shapes;
using static TorchSharp.torch;

namespace OmniGen2.Training.Language;

/// <summary>Losses and accuracies on scenes that are never trained on, and what the model answers to questions about them.</summary>
internal sealed class LanguageValidation(
    LanguageNetwork network, LanguageLosses losses, AnswerRun answers, LanguageConfig config, Func<SceneRandom, long, LanguageBatch> draw)
{
    private const long BatchSeed = SceneRandom.FirstEvaluationSeed + 101;
    private const long QuestionSeed = SceneRandom.FirstEvaluationSeed + 102;
    private const int Batches = 4;

    // Of the questions asked, those that are judgements.
    private const int JudgeEvery = 4;

    private static readonly string[] DenseNames = ["shape", "colour", "pattern", "size", "background"];

    private readonly EvaluationTasks _tasks = new(QuestionSeed, config.World);

    public IReadOnlyDictionary<string, double> Run()
    {
        using var noGrad = no_grad();
        var means = new ScoreMeans();
        for (var i = 0; i < Batches; i++)
        {
            using var scope = NewDisposeScope();
            using var batch = draw(SceneRandom.ForEvaluation(BatchSeed, i), i);
            Measure(batch, means);
        }

        Ask(means);
        return means.All;
    }

    private void Measure(LanguageBatch batch, ScoreMeans means)
    {
        var (last, middle, late, pictures) = network.Forward(batch);
        if (batch.Answers.Count > 0)
        {
            means.Add("answer_ce", losses.NextToken(last, batch.Answers).mean(), batch.Answers.Count);
        }

        if (batch.Prompts.Count > 0)
        {
            var hidden = LanguageLosses.At(last, batch.Prompts);
            means.Add("echo_ce", losses.Echo(hidden, batch.Prompts).mean(), batch.Prompts.Count);
            var said = LabelFields.Split(network.Heads.Parse(hidden), PhraseState.Classes).Select((f, i) => f.argmax(-1).eq(batch.Prompts.Labels.select(1, i + 1)));
            means.Add("parse", stack(said).all(0).to_type(ScalarType.Float32).mean(), batch.Prompts.Count);
        }

        if (batch.Grounds.Count > 0)
        {
            var found = network.Heads.Ground(LanguageLosses.At(middle, batch.Grounds)).gt(0).eq(batch.Grounds.Labels.gt(0));
            means.Add("ground", found.all(1).to_type(ScalarType.Float32).mean(), batch.Grounds.Count);
        }

        if (batch.Claims.Count > 0)
        {
            var said = network.Heads.Claim(LanguageLosses.At(late, batch.Claims)).gt(0).eq(batch.Claims.Labels.gt(0));
            means.Add("claim", said.to_type(ScalarType.Float32).mean(), batch.Claims.Count);
        }

        if (pictures is not null)
        {
            MeasureDense(pictures, batch.Dense!, means);
        }
    }

    /// <summary>Objects' fields on the tokens that show one, the background on all.</summary>
    private void MeasureDense(Tensor pictures, Tensor labels, ScoreMeans means)
    {
        var isObject = labels.select(1, 0).ne(0).to_type(ScalarType.Float32);
        var fields = LabelFields.Split(network.Heads.Dense(pictures), DenseLabels.Classes);
        for (var i = 0; i < fields.Length; i++)
        {
            var right = fields[i].argmax(-1).eq(labels.select(1, i)).to_type(ScalarType.Float32);
            var share = i == fields.Length - 1 ? ones_like(isObject) : isObject;
            means.Add($"dense_{DenseNames[i]}", (right * share).sum() / share.sum().clamp(min: 1), share.sum().item<float>());
        }
    }

    private void Ask(ScoreMeans means)
    {
        var (asked, judged) = (0, 0);
        for (var i = 0; i < config.Validation; i++)
        {
            if (i % JudgeEvery == JudgeEvery - 1)
            {
                var task = _tasks.Judge(judged++);
                var answer = answers.Answer(task.Question, [task.Shown]);
                means.Add("judge", Scores.Verdict(task, answer));
                means.Add("judge_exact", answer == task.Answer);
            }
            else
            {
                var task = _tasks.Question(asked++);
                var isRight = Scores.Answer(task, answers.Answer(task.Question, [task.Scene]));
                means.Add("exact", isRight);
                means.Add($"exact_{task.Kind.ToString().ToLowerInvariant()}", isRight);
            }
        }
    }
}

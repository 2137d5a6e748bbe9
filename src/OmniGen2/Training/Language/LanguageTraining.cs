using OmniGen2.Evaluation.Shapes;
using OmniGen2.Training.Shapes;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training.Language;

/// <summary>Trains the language model and its vision tower: for questions, for judging, and for the text states that the picture model reads.</summary>
public sealed class LanguageTraining : ITrainingRun
{
    private const long SheetSeed = SceneRandom.FirstEvaluationSeed + 103;
    private const int SheetQuestions = 9;
    private const int SheetJudgements = 4;

    private const string WeightsFile = "model.safetensors";

    // Without it the original's library takes the file for another framework's.
    private static readonly Dictionary<string, string> Metadata = new() { ["format"] = "pt" };

    private readonly CheckpointFolder _folder;
    private readonly LanguageTask _task;
    private readonly Trainer<LanguageBatch> _trainer;
    private readonly EvaluationTasks _sheetTasks;

    private LanguageTraining(LanguageConfig config, CheckpointFolder folder, string outFolder)
    {
        (Settings, _folder) = (config.Training, folder);
        _sheetTasks = new EvaluationTasks(SheetSeed, config.World);
        _task = new LanguageTask(config, folder);
        _trainer = new Trainer<LanguageBatch>(_task, config.Optimizer.Create(_task.Parameters, LanguageTask.IsHidden), config.Training, outFolder);
    }

    public TrainingSettings Settings { get; }

    public long Step => _trainer.Step;

    /// <param name="configPath">A <see cref="LanguageConfig"/> as JSON.</param>
    /// <param name="outFolder">For the state and the log.</param>
    public static LanguageTraining Open(string configPath, string outFolder)
    {
        var config = StrictJson.Load<LanguageConfig>(configPath);
        config.Check(configPath);
        var model = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(configPath))!, config.Model);
        return new LanguageTraining(config, CheckpointFolder.Open(Path.GetFullPath(model)), outFolder);
    }

    public void Resume(string folder) => _trainer.Resume(folder);

    public IEnumerable<TrainingStep> Run(TrainingBudget? budget = null, CancellationToken cancellation = default) => _trainer.Run(budget, cancellation);

    public IReadOnlyList<ContactSheet> Sheets()
    {
        using var noGrad = no_grad();
        using var averaged = _trainer.Average?.Apply();
        var questions = Enumerable.Range(0, SheetQuestions).Select(i => _sheetTasks.Question(i)).Select(t => Row(t.Scene, t.Question, t.Answer));
        var judgements = Enumerable.Range(0, SheetJudgements).Select(i => _sheetTasks.Judge(i)).Select(t => Row(t.Shown, t.Question, t.Answer));
        return [new ContactSheet("questions", [.. questions]), new ContactSheet("judgements", [.. judgements])];
    }

    public void Export(string folder)
    {
        var weights = _trainer.Weights.Where(w => !LanguageTask.IsHead(w.Key));
        SafetensorsItem[] items = [.. weights.Select(w => new SafetensorsItem(w.Key, ScalarType.BFloat16, w.Value.shape, () => w.Value.detach().to(ScalarType.BFloat16)))];
        CheckpointCopy.Write(_folder.Path, folder, "mllm", copy => SafetensorsWriter.Save(Path.Combine(copy, "mllm", WeightsFile), items, Metadata));
    }

    public void Dispose()
    {
        _trainer.Dispose();
        _task.Dispose();
    }

    private ContactRow Row(Scene scene, string question, string truth)
    {
        var answer = _task.Answers.Answer(question, [scene]);
        return new ContactRow([ScenePainter.Paint(scene)], answer == truth ? $"{question} → {answer}" : $"{question} → {answer} (right: {truth})");
    }
}

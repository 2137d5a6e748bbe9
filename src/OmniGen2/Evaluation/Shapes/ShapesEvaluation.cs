using System.Diagnostics;
using System.Text.Json;
using OmniGen2.Training;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>Gives a checkpoint the fixed tasks of the shapes world and scores what it draws and says.</summary>
/// <param name="pipeline">The checkpoint, with the sampler defaults that it has.</param>
/// <param name="roundTrip">A picture through its autoencoder and back.</param>
/// <param name="world">The part of the world that is asked for.</param>
/// <param name="seed">Of the tasks and of the noise; see <see cref="SceneRandom.FirstEvaluationSeed"/>.</param>
/// <param name="steps">Denoising steps.</param>
/// <param name="scheduler">How they are taken; null: as the checkpoint says.</param>
public sealed class ShapesEvaluation(IPipeline pipeline, Func<RgbImage, RgbImage> roundTrip, WorldOptions world, long seed, int steps, SchedulerKind? scheduler = null)
{
    private const int LongestAnswer = 128;

    private readonly EvaluationTasks _tasks = new(seed, world);

    private readonly Drawer _drawer = new(pipeline, steps, scheduler);

    /// <summary>The first <paramref name="count"/> tasks, one by one.</summary>
    public IEnumerable<TaskResult> Run(ShapesAbility ability, int count, CancellationToken cancellation = default)
    {
        for (var index = 0; index < count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return ability switch
            {
                ShapesAbility.Vae => Vae(_tasks.T2i(index).Scene),
                ShapesAbility.T2i or ShapesAbility.Chat => T2i(ability, _tasks.T2i(index), index, cancellation),
                ShapesAbility.Edit => Edit(_tasks.Edit(index), index, cancellation),
                ShapesAbility.Compose => Compose(_tasks.Compose(index), index, cancellation),
                ShapesAbility.Vqa => Vqa(_tasks.Question(index)),
                _ => Judge(_tasks.Judge(index)),
            };
        }
    }

    private TaskResult Vae(Scene scene)
    {
        var drawing = ScenePainter.Paint(scene);
        var begin = Stopwatch.GetTimestamp();
        var result = roundTrip(drawing);
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        var seen = Detector.Read(result);
        return new TaskResult
        {
            Ability = ShapesAbility.Vae,
            Kind = $"{scene.Objects.Length}",
            IsRight = Scores.Whole(scene, seen),
            Picture = Measure(scene, seen, Psnr.Of(drawing, result), seconds),
            Row = new ContactRow([drawing, result], "drawing, round trip"),
        };
    }

    private TaskResult T2i(ShapesAbility ability, T2iTask task, int index, CancellationToken cancellation)
    {
        var request = Request(task.Prompt, [], index) with { FromChat = ability == ShapesAbility.Chat };
        var (picture, seconds) = _drawer.Draw(request, cancellation);
        var seen = Detector.Read(picture);
        var measure = Measure(task.Scene, seen, null, seconds);
        return new TaskResult
        {
            Ability = ability,
            Kind = $"{task.Scene.Objects.Length}",
            IsRight = Scores.T2i(task, seen),
            Picture = measure with { IsBackgroundRight = measure.IsBackgroundRight || !task.NamesBackground },
            Row = new ContactRow([picture], task.Prompt),
        };
    }

    private TaskResult Edit(EditTask task, int index, CancellationToken cancellation)
    {
        var source = ScenePainter.Paint(task.Source);
        var (picture, seconds) = _drawer.Draw(Request(task.Instruction, [source], index), cancellation);
        var seen = Detector.Read(picture);
        return new TaskResult
        {
            Ability = ShapesAbility.Edit,
            Kind = Name(task.Kind),
            IsRight = Scores.Edit(task, seen),
            Picture = Measure(task.Target, seen, BackgroundPsnr.Of(task, picture), seconds),
            Row = new ContactRow([source, picture, ScenePainter.Paint(task.Target)], task.Instruction),
        };
    }

    private TaskResult Compose(ComposeTask task, int index, CancellationToken cancellation)
    {
        RgbImage[] references = [.. task.References.Select(ScenePainter.Paint)];
        var (picture, seconds) = _drawer.Draw(Request(task.Instruction, references, index), cancellation);
        var seen = Detector.Read(picture);
        return new TaskResult
        {
            Ability = ShapesAbility.Compose,
            Kind = Name(task.Kind),
            IsRight = Scores.Compose(task, seen),
            Picture = Measure(task.Target, seen, null, seconds),
            Row = new ContactRow([.. references, picture, ScenePainter.Paint(task.Target)], task.Instruction),
        };
    }

    private TaskResult Vqa(QuestionTask task)
    {
        var picture = ScenePainter.Paint(task.Scene);
        var answer = Ask(task.Question, picture);
        return new TaskResult
        {
            Ability = ShapesAbility.Vqa,
            Kind = Name(task.Kind),
            IsRight = Scores.Answer(task, answer),
            Row = new ContactRow([picture], Dialogue(task.Question, answer, task.Answer)),
        };
    }

    private TaskResult Judge(JudgeTask task)
    {
        var picture = ScenePainter.Paint(task.Shown);
        var answer = Ask(task.Question, picture);
        return new TaskResult
        {
            Ability = ShapesAbility.Judge,
            Kind = Name(task.Fault),
            IsRight = Scores.Verdict(task, answer),
            NamesFault = task.Fault == JudgeFault.None ? null : Scores.NamesFault(task, answer),
            Row = new ContactRow([picture], Dialogue(task.Question, answer, task.Answer)),
        };
    }

    private GenerationRequest Request(string prompt, RgbImage[] images, int index) => _drawer.Request(prompt, images, seed + index);

    private string Ask(string question, RgbImage picture)
    {
        var turn = new ChatTurn(ChatRole.User, question) { Images = [picture] };
        return string.Concat(pipeline.Chat(new ChatRequest { Turns = [turn], MaxNewTokens = LongestAnswer }).OfType<ChatDelta.Text>().Select(text => text.Value)).Trim();
    }

    private static PictureMeasure Measure(Scene wanted, Scene seen, double? psnr, double seconds) => new(
        seen.Background == wanted.Background, seen.Objects.Length == wanted.Objects.Length, Scores.ObjectsFound(wanted, seen), psnr, seconds);

    private static string Dialogue(string question, string answer, string wanted) =>
        answer == wanted ? $"{question} — {answer}" : $"{question} — {answer} (right: {wanted})";

    private static string Name<T>(T kind)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{kind}");
}

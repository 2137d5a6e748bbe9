using OmniGen2.Evaluation.Shapes;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Shapes;

/// <summary>Knows the tasks of an evaluation by heart, and does what a test makes of the right picture and the right answer.</summary>
internal sealed class KnowingPipeline : IPipeline
{
    private readonly Dictionary<string, Scene> _pictures = [];
    private readonly Dictionary<string, string> _answers = [];

    public KnowingPipeline(EvaluationTasks tasks, int count)
    {
        for (var index = 0; index < count; index++)
        {
            var (t2i, edit, compose, question, judge) = (tasks.T2i(index), tasks.Edit(index), tasks.Compose(index), tasks.Question(index), tasks.Judge(index));
            _pictures[Key(t2i.Prompt, [])] = t2i.Scene;
            _pictures[Key(edit.Instruction, [ScenePainter.Paint(edit.Source)])] = edit.Target;
            _pictures[Key(compose.Instruction, [.. compose.References.Select(ScenePainter.Paint)])] = compose.Target;
            _answers[Key(question.Question, [ScenePainter.Paint(question.Scene)])] = question.Answer;
            _answers[Key(judge.Question, [ScenePainter.Paint(judge.Shown)])] = judge.Answer;
        }
    }

    public Func<Scene, Scene> Drawn { get; init; } = scene => scene;

    public Func<string, string> Said { get; init; } = answer => answer;

    public List<GenerationRequest> Requests { get; } = [];

    public ModelInfo Info { get; } = new() { Name = "knowing", DefaultSize = 128, MinSize = 64, MaxSize = 256, TextGuidance = 4, EditTextGuidance = 3 };

    public IEnumerable<DenoiseStep> Denoise(GenerationRequest request, DenoiseState? resume = null)
    {
        request.Check(Info);
        Requests.Add(request);
        var state = new DenoiseState { Step = request.Steps, Count = request.Steps, Latents = new LatentImage(1, 1, 1, [0]) };
        return [new DenoiseStep(DenoisePhase.EncodingPrompt, 0, request.Steps), new DenoiseStep(DenoisePhase.Denoising, request.Steps, request.Steps) { State = state }];
    }

    public RgbImage Decode(GenerationRequest request, DenoiseState state) => ScenePainter.Paint(Drawn(_pictures[Key(request.Prompt, request.Images)]));

    public IEnumerable<ChatDelta> Chat(ChatRequest request)
    {
        var answer = Said(_answers[Key(request.Turns[0].Text, request.Turns[0].Images)]);
        return [new ChatDelta.Text(answer[..(answer.Length / 2)]), new ChatDelta.Text(answer[(answer.Length / 2)..]), new ChatDelta.Finished("stop", 1, 1)];
    }

    public void Dispose()
    {
    }

    private static string Key(string words, IReadOnlyList<RgbImage> pictures) =>
        string.Join('|', [words, .. pictures.Select(each => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(each.Pixels)))]);
}

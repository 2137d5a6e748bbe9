using OmniGen2.Training.Shapes;

namespace OmniGen2.Reflection;

/// <summary>
/// For checkpoints of the shapes world, which describe pictures better than they judge them: the model says what it sees, and the request is compared
/// with that word by word. An edit is judged by two descriptions: what stands in the first one, with the instruction done to it, is what the second one
/// should say. A request in other words than this world's is left to <see cref="ShapesJudgeWords"/>.
/// </summary>
public sealed class CaptionJudgeWords : IJudgeWords
{
    private readonly ShapesJudgeWords _others = new();

    public int MostReferences => 1;

    public bool LooksAtEach => true;

    public string Question(JudgedPicture picture) =>
        picture.References.Count == 0 && ShapesText.Read(picture.Request) is null ? _others.Question(picture) : "Describe the picture.";

    public Verdict Read(JudgedPicture picture, string answer)
    {
        if (picture.References.Count == 0 && ShapesText.Read(picture.Request) is null)
        {
            return _others.Read(picture, answer);
        }

        if ((picture.References.Count == 0 ? ShapesText.Read(picture.Request) : Wished(picture)) is not { } asked)
        {
            return Verdict.Without("The judge cannot say what the instruction makes of the picture before.");
        }

        return Seen(answer) is { } seen
            ? ShapesFaults.Of(asked, seen)
            : Verdict.Without($"The judge gave no description. It said: {(answer.Trim().Length > 0 ? answer : "nothing")}");
    }

    /// <summary>What it saw in the picture before, with the instruction done to it.</summary>
    private static T2iTask? Wished(JudgedPicture picture) =>
        picture.Described is [var before] && Seen(before) is { } source && ShapesEdits.Apply(source, picture.Request) is { } target
            ? new T2iTask(picture.Request, target) { NamesBackground = true, NamesPositions = true }
            : null;

    private static Scene? Seen(string answer) => ShapesText.Read(answer) is { NamesBackground: true, NamesPositions: true } seen ? seen.Scene : null;
}

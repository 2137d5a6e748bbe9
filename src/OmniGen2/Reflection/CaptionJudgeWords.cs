namespace OmniGen2.Reflection;

/// <summary>
/// For checkpoints of the shapes world, which describe pictures better than they judge them: the model says what it sees, and the request is compared
/// with that word by word. A request in other words than this world's is left to <see cref="ShapesJudgeWords"/>.
/// </summary>
public sealed class CaptionJudgeWords : IJudgeWords
{
    private readonly ShapesJudgeWords _others = new();

    public bool KnowsEdits => false;

    public string Question(JudgedPicture picture) => ShapesText.Read(picture.Request) is null ? _others.Question(picture) : "Describe the picture.";

    public Verdict Read(JudgedPicture picture, string answer)
    {
        if (ShapesText.Read(picture.Request) is not { } asked)
        {
            return _others.Read(picture, answer);
        }

        return ShapesText.Read(answer) is { NamesBackground: true, NamesPositions: true } seen
            ? ShapesFaults.Of(asked, seen.Scene)
            : Verdict.Without($"The judge gave no description. It said: {(answer.Trim().Length > 0 ? answer : "nothing")}");
    }
}

namespace OmniGen2.Training.Shapes;

/// <summary>A question about a picture and its one right answer.</summary>
public sealed record QuestionTask(QuestionKind Kind, string Question, string Answer, Scene Scene)
{
    public const string Yes = "Yes.";
    public const string No = "No.";
}

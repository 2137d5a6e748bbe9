namespace OmniGen2.Web.Tests.Jobs.Checking;

/// <summary>A resident judge that says what it is told to, in order; the last answer is repeated.</summary>
internal sealed class FakeJudge(params string[] answers)
{
    private int _asked;

    public List<ChatRequest> Questions { get; } = [];

    public static string Says(double score, string wrong = "Something is wrong.", string edit = "") =>
        $$"""{"score": {{score}}, "wrong": "{{wrong}}", "edit": "{{edit}}", "prompt": ""}""";

    public string? Answer(ChatRequest request)
    {
        if (request.Turns[^1].Images.Count == 0)
        {
            return null;
        }

        lock (Questions)
        {
            Questions.Add(request);
            return answers[Math.Min(_asked++, answers.Length - 1)];
        }
    }
}

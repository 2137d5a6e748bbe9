namespace OmniGen2.Web.Jobs;

/// <summary>How many tokens the model read and wrote for an answer, and whether it had to end where it was not through.</summary>
public sealed record AnswerTokens(int Prompt, int Answer, bool IsCut);

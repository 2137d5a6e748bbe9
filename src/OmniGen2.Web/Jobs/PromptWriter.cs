namespace OmniGen2.Web.Jobs;

/// <summary>Asks the language model for words of a prompt, and says whether what came can be one.</summary>
public static class PromptWriter
{
    private const int MostTokens = 256;

    // Two prompts that share fewer of their longer words are about different things.
    private const double LeastShared = 0.5;

    private const int LongWord = 4;

    /// <summary>The same with more detail; each time in other words.</summary>
    public static AnswerRequest Expand(string prompt) => new()
    {
        Turns = [new ThreadTurn(ChatRole.User, $"Write this picture description again with more detail about subject, place, light and style. Answer with the description only: {prompt}")],
        MaxNewTokens = MostTokens,
        Temperature = 0.7,
        Seed = PictureRequest.NewSeed(),
    };

    /// <summary>What a picture of the history shows.</summary>
    public static AnswerRequest Describe(Guid picture) => new()
    {
        Turns = [new ThreadTurn(ChatRole.User, "Describe this image.") { Pictures = [new Reference(picture)] }],
        Describes = picture,
        MaxNewTokens = MostTokens,
    };

    /// <summary>Why the answer is no longer form of the prompt, as a sentence; null when it is one.</summary>
    public static string? FaultOfExpanded(string prompt, string answer)
    {
        var asked = Words(prompt);
        var shared = asked.Count == 0 ? 1 : asked.Count(Words(answer).Contains) / (double)asked.Count;
        return FaultOf(answer) ?? (answer.Trim().Length <= prompt.Trim().Length || shared < LeastShared
            ? "The language model had nothing to add that keeps to your words, so they stay as they were."
            : null);
    }

    /// <summary>Why the answer is no description, as a sentence; null when it is one.</summary>
    public static string? FaultOf(string answer) => answer.Count(char.IsLetter) < LongWord
        ? "The language model did not answer in words, so your words stay as they were."
        : null;

    private static HashSet<string> Words(string text) =>
        [.. text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(x => new string([.. x.Where(char.IsLetterOrDigit)])).Where(x => x.Length >= LongWord)];
}

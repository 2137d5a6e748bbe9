using System.Text;

namespace OmniGen2.Reflection;

/// <summary>The language model that is loaded anyway, asked in the words that its checkpoint understands. On the pipeline's thread.</summary>
/// <param name="pipeline">The checkpoint.</param>
/// <param name="form">Other words than its own settings name.</param>
public sealed class ResidentJudge(IPipeline pipeline, JudgeForm? form = null) : IJudge
{
    private const int MostTokens = 256;

    private readonly IJudgeWords _words = IJudgeWords.Of(form ?? pipeline.Info.Judge.Form);

    public string Name => pipeline.Info.Name;

    public IEnumerable<Verdict?> Judge(JudgedPicture picture)
    {
        if (picture.References.Count > 0 && !_words.KnowsEdits)
        {
            yield return Verdict.Without($"{Name} can check pictures that come from words alone, not edits.");
            yield break;
        }

        var turn = new ChatTurn(ChatRole.User, _words.Question(picture)) { Images = [.. picture.References, picture.Picture] };
        var (answer, tokens) = (new StringBuilder(), 0);
        foreach (var delta in pipeline.Chat(new ChatRequest { Turns = [turn], MaxNewTokens = MostTokens }))
        {
            if (delta is ChatDelta.Text text)
            {
                answer.Append(text.Value);
            }

            tokens = delta is ChatDelta.Finished finished ? finished.PromptTokens + finished.NewTokens : tokens;
            yield return null;
        }

        yield return _words.Read(picture, answer.ToString()) with { Tokens = tokens };
    }
}

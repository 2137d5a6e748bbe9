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
        if (picture.References.Count > _words.MostReferences)
        {
            yield return Verdict.Without(_words.MostReferences == 0
                ? $"{Name} can check pictures that come from words alone, not edits."
                : $"{Name} can check pictures that come from words or from one picture, not from {picture.References.Count}.");
            yield break;
        }

        var (answers, tokens) = (new List<string>(), 0);
        foreach (var images in Looks(picture))
        {
            var (answer, turn) = (new StringBuilder(), new ChatTurn(ChatRole.User, _words.Question(picture)) { Images = images });
            foreach (var delta in pipeline.Chat(new ChatRequest { Turns = [turn], MaxNewTokens = MostTokens }))
            {
                if (delta is ChatDelta.Text text)
                {
                    answer.Append(text.Value);
                }

                tokens += delta is ChatDelta.Finished finished ? finished.PromptTokens + finished.NewTokens : 0;
                yield return null;
            }

            answers.Add(answer.ToString());
        }

        yield return _words.Read(picture with { Described = answers[..^1] }, answers[^1]) with { Tokens = tokens };
    }

    /// <summary>The pictures of each question.</summary>
    private IEnumerable<IReadOnlyList<RgbImage>> Looks(JudgedPicture picture)
    {
        IReadOnlyList<RgbImage> all = [.. picture.References, picture.Picture];
        return _words.LooksAtEach ? all.Select(x => (IReadOnlyList<RgbImage>)[x]) : [all];
    }
}

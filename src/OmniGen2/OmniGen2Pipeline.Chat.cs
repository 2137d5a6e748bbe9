using OmniGen2.Models.Language;
using OmniGen2.Sampling;
using OmniGen2.Tokenization;
using static TorchSharp.torch;

namespace OmniGen2;

public sealed partial class OmniGen2Pipeline
{
    /// <summary>Prompt and answer: the language model's window before attention would have to slide.</summary>
    private const int MaxChatTokens = 32_768;

    // For answers that are meant to vary: wide enough to, narrow enough to stay on the subject.
    private const int SampledTopK = 50;
    private const double SampledTopP = 0.9;

    public IEnumerable<ChatDelta> Chat(ChatRequest request) => Chat(request, new ParityOptions());

    /// <summary>As above, with what a comparison with recorded runs sets from outside.</summary>
    public IEnumerable<ChatDelta> Chat(ChatRequest request, ParityOptions parity)
    {
        RequestRules.Check(request, MaxChatTokens);
        var prompt = _prompts.Conversation(request.Turns, parity.TrustSpecialTokens, MaxChatTokens - request.MaxNewTokens);
        return Answer(request, prompt, parity);
    }

    private IEnumerable<ChatDelta> Answer(ChatRequest request, PromptToRead prompt, ParityOptions parity)
    {
        Enter(ModelPart.Language);
        using var lease = _prompts.Read(prompt, request.MaxNewTokens);
        var answer = new AnswerText(_parts.Template);
        var ids = new List<int>();
        foreach (var id in _parts.Language.Generate(lease.State, Options(request)))
        {
            ids.Add(id);
            if (answer.Push(id) is { } delta)
            {
                yield return delta;
                Enter(ModelPart.Language);   // another job may have worked meanwhile
            }
        }

        if (answer.Finish() is { } rest)
        {
            yield return rest;
        }

        RecordIds(parity, "chat.prompt_ids", prompt.Ids);
        RecordIds(parity, "chat.generated_ids", ids);
        var isWhole = answer.IsEnded || ids.Count < request.MaxNewTokens;
        yield return new ChatDelta.Finished(answer.IsImageRequest ? "image" : isWhole ? "stop" : "length", prompt.Ids.Length, ids.Count);
    }

    private GenerationOptions Options(ChatRequest request)
    {
        var stop = new StopStrings(_parts.Template.Tokenizer, StopStrings.OfChat);
        var options = _parts.Generation with { MaxNewTokens = request.MaxNewTokens, Temperature = request.Temperature, Seed = request.Seed, Stop = stop.EndAfter };

        // Published files spell "greedy" as a top-k of 1 or a tiny top-p.
        return request.Temperature > 0 ? options with { TopK = SampledTopK, TopP = SampledTopP } : options;
    }

    private static void RecordIds(ParityOptions parity, string name, IReadOnlyList<int> ids)
    {
        if (parity.Record is { } record)
        {
            using var copy = tensor([.. ids]);
            record(name, copy);
        }
    }
}

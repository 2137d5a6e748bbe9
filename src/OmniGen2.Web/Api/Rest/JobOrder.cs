using OmniGen2.Reflection;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.Rest;

/// <summary>A job as a program asks for it: pictures from `prompt`, or with `messages` the next message of a conversation. What is left out is the model's own.</summary>
public sealed record JobOrder
{
    private const int UsualTokens = 1024;

    /// <summary>What to draw, or to change in the pictures.</summary>
    public string? Prompt { get; init; }

    public string? NegativePrompt { get; init; }

    /// <summary>Ids of up to five pictures to draw from, in order.</summary>
    public IReadOnlyList<Guid>? Pictures { get; init; }

    /// <summary>Pixels. Left out, an edit keeps its picture's size.</summary>
    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>1 to 8 pictures with seeds that follow each other; each is a job.</summary>
    public int? Count { get; init; }

    public int? Steps { get; init; }

    public double? TextGuidance { get; init; }

    public double? ImageGuidance { get; init; }

    /// <summary>Guidance acts from this share of the steps …</summary>
    public double? CfgStart { get; init; }

    /// <summary>… to this one.</summary>
    public double? CfgEnd { get; init; }

    public SchedulerKind? Scheduler { get; init; }

    /// <summary>What may be left out between steps for speed; left out: nothing, and the picture is exact.</summary>
    public Shortcut? Shortcut { get; init; }

    /// <summary>Left out: a new one.</summary>
    public long? Seed { get; init; }

    /// <summary>The picture checks itself and is improved within these bounds; left out: it is drawn once. GET /api/pictures/{id}/rounds tells what was said.</summary>
    public ReflectionBudget? Reflection { get; init; }

    /// <summary>A conversation whose last message is the user's; the job is then its answer, which may be a picture.</summary>
    public IReadOnlyList<OrderedMessage>? Messages { get; init; }

    /// <summary>Of an answer.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>Of an answer; 0 is always the same one.</summary>
    public double? Temperature { get; init; }

    /// <summary>A request that lacks its words is a <see cref="ModelException"/>; all else is judged when it is taken.</summary>
    internal JobRequest ToRequest(ModelInfo model) => Messages is { } messages ? Answer(messages, model) : Drawn(Prompt, References(Pictures), model);

    private static List<Reference> References(IReadOnlyList<Guid>? pictures) => [.. (pictures ?? []).Select(x => new Reference(x))];

    private AnswerRequest Answer(IReadOnlyList<OrderedMessage> messages, ModelInfo model)
    {
        if (messages is not [.., { Role: ChatRole.User, Text.Length: > 0 } last] || messages.Any(x => x?.Text is null))
        {
            throw new ModelException("The last of the messages is not the user's, or one has no text: end with what you ask.");
        }

        if (Reflection is not null)
        {
            throw new ModelException("The picture of a conversation cannot check itself: send prompt instead of messages, or leave out reflection.");
        }

        var turns = messages.Select(x => new ThreadTurn(x.Role, x.Text) { Pictures = References(x.Pictures) }).ToList();
        var drawing = Drawn(last.Text, Conversation.References(turns, PictureNumbers.In(last.Text)), model);
        return new AnswerRequest
        {
            Turns = turns,
            Drawing = drawing with { Count = 1 },
            MaxNewTokens = MaxNewTokens ?? UsualTokens,
            Temperature = Temperature ?? 0,
            Seed = drawing.Generation.Seed,
        };
    }

    private PictureRequest Drawn(string? prompt, IReadOnlyList<Reference> references, ModelInfo model)
    {
        if (string.IsNullOrWhiteSpace(prompt))
        {
            throw new ModelException("Neither prompt nor messages are there: say in prompt what to draw.");
        }

        var usual = model.Request(prompt);
        return new PictureRequest
        {
            Generation = usual with
            {
                NegativePrompt = NegativePrompt ?? usual.NegativePrompt,
                Width = Width ?? usual.Width,
                Height = Height ?? usual.Height,
                AlignToReference = Width is null && Height is null,
                Steps = Steps ?? usual.Steps,
                TextGuidance = TextGuidance ?? (references.Count > 0 ? model.EditTextGuidance : usual.TextGuidance),
                ImageGuidance = ImageGuidance ?? usual.ImageGuidance,
                CfgStart = CfgStart ?? usual.CfgStart,
                CfgEnd = CfgEnd ?? usual.CfgEnd,
                Scheduler = Scheduler ?? usual.Scheduler,
                Cache = Shortcut?.Cache() ?? usual.Cache,
                Seed = Seed ?? PictureRequest.NewSeed(),
            },
            References = references,
            Count = Count ?? 1,
            Reflection = Reflection,
        };
    }
}

/// <summary>What somebody said, and the pictures shown with it.</summary>
public sealed record OrderedMessage(ChatRole Role, string Text)
{
    public IReadOnlyList<Guid>? Pictures { get; init; }
}

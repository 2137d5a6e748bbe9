using OmniGen2.Models.Language;
using static TorchSharp.torch;

namespace OmniGen2.Sampling;

// T text tokens · D width of the language model

/// <summary>Prompts to what the transformer is told of them. Features are kept by what was read, so the same prompt, the empty negative above all, is read once.</summary>
internal sealed class PromptEncoder : IDisposable
{
    private const int KeptPrompts = 64;
    private const long KeptBytes = 64L << 20;

    // At the released size a token takes 40 KB: six threads of a thousand tokens, or one and a half where memory is short.
    private const long KeptReadings = 256L << 20;
    private const long KeptReadingsStreamed = 64L << 20;

    private readonly Qwen _language;
    private readonly PromptReader _reader;
    private readonly TensorCache _features = new(KeptPrompts, KeptBytes);
    private readonly ReadPrompts _read;

    public PromptEncoder(ModelParts parts)
    {
        _language = parts.Language;
        _reader = new PromptReader(parts.Template, parts.Images);
        _read = new ReadPrompts(parts.Language, _reader, parts.Residency == Residency.Streamed ? KeptReadingsStreamed : KeptReadings);
    }

    /// <summary>Tokens of conversations that did not have to be read again, in all.</summary>
    public long Reused => _read.Reused;

    /// <summary>Refuses prompts that are too long, before any work.</summary>
    public void Check(GenerationPlan plan) => _ = (Positive(plan), Negative(plan));

    /// <summary>Features of the prompt and, where guidance asks for it, of the negative one.</summary>
    public PromptFeatures Encode(GenerationPlan plan)
    {
        using var scope = NewDisposeScope();
        var positive = Encode(Positive(plan));
        var negative = plan.Guidance.AllBranches.Count > 1 ? Encode(Negative(plan)) : null;
        Record(plan.Parity, "text.", positive, Positive(plan).Ids);
        if (negative is not null)
        {
            Record(plan.Parity, "text.negative_", negative, Negative(plan).Ids);
        }

        return new PromptFeatures(positive.DetachFromDisposeScope(), negative?.DetachFromDisposeScope());
    }

    /// <summary>A conversation as the language model reads it.</summary>
    public PromptToRead Conversation(IReadOnlyList<ChatTurn> turns, bool trusted, int maxTokens = int.MaxValue) => _reader.Conversation(turns, trusted, maxTokens);

    /// <summary>Reads a conversation to answer it. Should the answer ask for a picture, its features are here already.</summary>
    public ReadPrompts.Lease Read(PromptToRead prompt, int room)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var lease = _read.Read(prompt, room);
        _features.GetOrAdd(prompt.Key, () => [lease.State.Features().unsqueeze(0)]);
        return lease;
    }

    public void Dispose()
    {
        _features.Dispose();
        _read.Dispose();
    }

    private PromptToRead Positive(GenerationPlan plan)
    {
        var request = plan.Request;
        if (!request.FromChat)
        {
            return Plain(plan, request.Prompt);
        }

        var turns = request.Turns.Count > 0 ? request.Turns : [new ChatTurn(ChatRole.User, request.Prompt) { Images = request.Images }];
        return Conversation(turns, plan.Parity.TrustSpecialTokens, request.MaxPromptTokens + turns.Sum(t => t.Images.Sum(_reader.CountTokens)));
    }

    private PromptToRead Negative(GenerationPlan plan) => plan.Request.FromChat
        ? Conversation([new ChatTurn(ChatRole.User, plan.Request.NegativePrompt)], plan.Parity.TrustSpecialTokens, plan.Request.MaxPromptTokens)
        : Plain(plan, plan.Request.NegativePrompt);

    private PromptToRead Plain(GenerationPlan plan, string prompt) =>
        _reader.Plain(prompt, plan.Parity.TrustSpecialTokens, plan.Request.MaxPromptTokens);

    /// <summary>[1, T, D], in the current scope.</summary>
    private Tensor Encode(PromptToRead prompt) => _features.GetOrAdd(prompt.Key, () => [Compute(prompt)])[0];

    private Tensor Compute(PromptToRead prompt)
    {
        using var noGrad = no_grad();
        if (!prompt.IsChat)
        {
            return _language.Encode(_reader.Prepare(prompt)).unsqueeze(0);
        }

        using var lease = _read.Read(prompt, room: 1);
        return lease.State.Features().unsqueeze(0);
    }

    private static void Record(ParityOptions parity, string prefix, Tensor features, IReadOnlyList<int> ids)
    {
        if (parity.Record is { } record)
        {
            record($"{prefix}input_ids", tensor([.. ids]).unsqueeze(0));
            record($"{prefix}embeds", features);
        }
    }
}

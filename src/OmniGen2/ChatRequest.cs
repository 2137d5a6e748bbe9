namespace OmniGen2;

public enum ChatRole
{
    User,
    Assistant,
}

/// <summary>One message of a conversation; pictures belong to the user's messages and are numbered through the whole thread.</summary>
public sealed record ChatTurn(ChatRole Role, string Text)
{
    public IReadOnlyList<RgbImage> Images { get; init; } = [];
}

/// <summary>A conversation whose next answer is wanted. The last turn is the user's.</summary>
public sealed record ChatRequest
{
    public required IReadOnlyList<ChatTurn> Turns { get; init; }

    public int MaxNewTokens { get; init; } = 256;

    /// <summary>0 is greedy, as the original is in effect.</summary>
    public double Temperature { get; init; }

    public long Seed { get; init; }
}

/// <summary>What an answer consists of, in order; the last one is <see cref="Finished"/>.</summary>
public abstract record ChatDelta
{
    /// <summary>Newly decoded text; never half a character.</summary>
    public sealed record Text(string Value) : ChatDelta;

    /// <summary>The answer began with the image token: draw the last user turn (<see cref="GenerationRequest.FromChat"/>).</summary>
    public sealed record ImageRequested : ChatDelta;

    public sealed record Finished(string Reason, int PromptTokens, int NewTokens) : ChatDelta;
}

using System.Text.Json.Serialization;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>
/// The next message of a conversation: the row of <see cref="JobRequest.Message"/> is made together with the job's, or emptied when there is one
/// already. Without <see cref="JobRequest.Thread"/> and message the words are for who watches the job; its row keeps them for a time.
/// </summary>
public sealed record AnswerRequest : JobRequest
{
    /// <summary>The conversation so far; the last turn is the user's.</summary>
    public required IReadOnlyList<ThreadTurn> Turns { get; init; }

    /// <summary>
    /// How to draw should the model answer with a picture: size, steps, guidance, references. The words are the conversation's. Null: only words are
    /// wanted, and an answer that would be a picture ends there.
    /// </summary>
    public PictureRequest? Drawing { get; init; }

    /// <summary>The picture that the answer describes, and whose description it becomes.</summary>
    public Guid? Describes { get; init; }

    public int MaxNewTokens { get; init; } = 1024;

    /// <summary>0 is greedy: the same conversation is always answered alike.</summary>
    public double Temperature { get; init; }

    public long Seed { get; init; }

    [JsonIgnore]
    public override string Words => Turns.Count > 0 ? Turns[^1].Text : "";

    /// <summary>The message before anything is said.</summary>
    internal MessageRow? ToRow(Job job) => Message is not { } message ? null : new()
    {
        Id = message,
        ThreadId = Thread!.Value,
        Role = ChatRole.Assistant,
        Text = "",
        Place = 0,
        CreatedAt = job.CreatedAt,
        JobId = job.Id,
    };

    /// <summary>The picture that is the answer.</summary>
    internal PictureRequest ToPicture()
    {
        var drawing = Drawing ?? throw new ModelException("Words were asked for here and no picture: ask for them again where they are needed.");
        return drawing with { Generation = drawing.Generation with { Prompt = Words, FromChat = true }, Turns = Turns, Thread = Thread, Message = Message };
    }
}

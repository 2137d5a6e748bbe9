using System.Text.Json.Serialization;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>
/// The next message of a conversation. <see cref="JobRequest.Thread"/> and <see cref="JobRequest.Message"/> must be set: the row of the message is
/// made together with the job's, or emptied when there is one already.
/// </summary>
public sealed record AnswerRequest : JobRequest
{
    /// <summary>The conversation so far; the last turn is the user's.</summary>
    public required IReadOnlyList<ThreadTurn> Turns { get; init; }

    /// <summary>How to draw should the model answer with a picture: size, steps, guidance, references. The words are the conversation's.</summary>
    public required PictureRequest Drawing { get; init; }

    public int MaxNewTokens { get; init; } = 1024;

    /// <summary>0 is greedy: the same conversation is always answered alike.</summary>
    public double Temperature { get; init; }

    public long Seed { get; init; }

    [JsonIgnore]
    public override string Words => Turns.Count > 0 ? Turns[^1].Text : "";

    /// <summary>The message before anything is said.</summary>
    internal MessageRow ToRow(Job job) => new()
    {
        Id = Message!.Value,
        ThreadId = Thread!.Value,
        Role = ChatRole.Assistant,
        Text = "",
        Place = 0,
        CreatedAt = job.CreatedAt,
        JobId = job.Id,
    };

    /// <summary>The picture that is the answer.</summary>
    internal PictureRequest ToPicture() => Drawing with
    {
        Generation = Drawing.Generation with { Prompt = Words, FromChat = true },
        Turns = Turns,
        Thread = Thread,
        Message = Message,
    };
}

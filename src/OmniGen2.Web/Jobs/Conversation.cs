using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>What a thread means to the model: turns with pictures, numbered through, and what an instruction at its end draws from.</summary>
public static class Conversation
{
    /// <summary>What the model is told that it said when it drew.</summary>
    public const string PictureGiven = "Here it is.";

    private const int MaxReferences = 5;

    /// <summary>The pictures of a thread in the order of their numbers: those that were put in, and those that the model drew.</summary>
    public static IReadOnlyList<Guid> Pictures(IReadOnlyList<ThreadMessage> messages) =>
        [.. messages.SelectMany(m => m.Row.PictureId is { } drawn ? [drawn] : m.Pictures).Distinct()];

    /// <summary>The turns up to the last one of the user. A picture that the model drew is shown to it with what is said next.</summary>
    public static IReadOnlyList<ThreadTurn> Turns(IReadOnlyList<ThreadMessage> messages)
    {
        var turns = new List<ThreadTurn>();
        var drawn = new List<Guid>();
        foreach (var message in messages.Where(m => m.Row.Fault is null))
        {
            if (message.Row.Role == ChatRole.User)
            {
                turns.Add(new ThreadTurn(ChatRole.User, message.Row.Text) { Pictures = [.. drawn.Concat(message.Pictures).Distinct().Select(id => new Reference(id))] });
                drawn.Clear();
            }
            else if (message.Row.PictureId is { } picture)
            {
                turns.Add(new ThreadTurn(ChatRole.Assistant, PictureGiven));
                drawn.Add(picture);
            }
            else
            {
                turns.Add(new ThreadTurn(ChatRole.Assistant, message.Row.Text));
            }
        }

        while (turns is [.., { Role: ChatRole.Assistant }])
        {
            turns.RemoveAt(turns.Count - 1);
        }

        return turns;
    }

    /// <summary>What a picture asked for by the last turn is drawn from: the pictures that its words name by number, else those shown with it.</summary>
    /// <param name="messages">The thread.</param>
    /// <param name="named">Numbers, from 1, that the last words speak of.</param>
    public static IReadOnlyList<Reference> References(IReadOnlyList<ThreadMessage> messages, IReadOnlySet<int> named) =>
        References([.. Pictures(messages).Select(id => new Reference(id))], Turns(messages), named);

    /// <summary>The same of turns that are no thread of the studio; their pictures are numbered through as they come.</summary>
    public static IReadOnlyList<Reference> References(IReadOnlyList<ThreadTurn> turns, IReadOnlySet<int> named) =>
        References([.. turns.SelectMany(x => x.Pictures).DistinctBy(x => x.Picture)], turns, named);

    private static List<Reference> References(IReadOnlyList<Reference> pictures, IReadOnlyList<ThreadTurn> turns, IReadOnlySet<int> named)
    {
        var spoken = named.Order().Where(n => n <= pictures.Count).Select(n => pictures[n - 1]).ToList();
        return spoken.Count > 0 ? spoken : [.. (turns is [.., var last] ? last.Pictures : []).Take(MaxReferences)];
    }
}

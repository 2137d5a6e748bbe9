using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>From a client's messages to what the model reads: turns of two speakers, with pictures that lie in the history.</summary>
internal sealed class ConversationReader(SentPictures sent)
{
    private const int MaxPictures = 16;

    /// <param name="messages">In order; the last is the user's. A system message, for which the model has no place, goes before the first words of the user.</param>
    /// <param name="parameter">How the request calls them.</param>
    /// <param name="owner">Whose the pictures become.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ThreadTurn>> Turns(IReadOnlyList<SaidMessage> messages, string parameter, string? owner, CancellationToken cancellationToken)
    {
        Check(messages, parameter);
        var (turns, drawn) = (new List<ThreadTurn>(), new List<Reference>());
        foreach (var message in messages.Where(x => x.Speaker != Speaker.System))
        {
            var pictures = await sent.Keep(await sent.Read(message.Pictures, parameter, cancellationToken), parameter, owner, cancellationToken);
            if (message.Speaker == Speaker.Assistant)
            {
                // As in the studio's own threads, the model sees what it drew with what is said next.
                Add(turns, new ThreadTurn(ChatRole.Assistant, message.Text.Length == 0 ? Conversation.PictureGiven : message.Text));
                drawn.AddRange(pictures);
            }
            else
            {
                Add(turns, new ThreadTurn(ChatRole.User, message.Text) { Pictures = [.. drawn, .. pictures] });
                drawn.Clear();
            }
        }

        var first = turns.FindIndex(x => x.Role == ChatRole.User);
        var rules = messages.Where(x => x.Speaker == Speaker.System && x.Text.Length > 0).Select(x => x.Text);
        turns[first] = turns[first] with { Text = string.Join("\n\n", rules.Append(turns[first].Text)) };
        return turns;
    }

    private static void Check(IReadOnlyList<SaidMessage> messages, string parameter)
    {
        if (messages is not [.., { Speaker: Speaker.User } last] || (string.IsNullOrWhiteSpace(last.Text) && last.Pictures.Count == 0))
        {
            throw OpenAiFault.Invalid(parameter, "The last message is not the user's, or is empty: end with what the user says.");
        }

        if (messages.Sum(x => x.Pictures.Count) is > MaxPictures and var pictures)
        {
            throw OpenAiFault.Invalid(parameter, $"The conversation has {pictures} pictures and at most {MaxPictures} are read: leave out old ones.", "too_many_images");
        }
    }

    /// <summary>Two messages of one speaker are one turn.</summary>
    private static void Add(List<ThreadTurn> turns, ThreadTurn turn)
    {
        if (turns is [.., var last] && last.Role == turn.Role)
        {
            turns[^1] = last with { Text = $"{last.Text}\n\n{turn.Text}", Pictures = [.. last.Pictures, .. turn.Pictures] };
        }
        else
        {
            turns.Add(turn);
        }
    }
}

using OmniGen2.Imaging;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>Answers of conversations in the form of chat completions.</summary>
internal sealed class ChatWriter(ClientJobs clients, AnswerAsker asker, FinishedPictures finished)
{
    public async Task<ChatAnswer> Whole(HttpContext context, AskedAnswer asked)
    {
        var text = await asker.Words(asked.Job, context.RequestAborted);
        var words = await Picture(context, asked) ?? new ChatWords("assistant", text);
        return Answer(asked, "chat.completion", new ChatChoice(0, words with { Role = "assistant" }, null, Reason(asked.Job))) with { Usage = ChatUsage.Of(asked.Job.Tokens) };
    }

    public async Task Stream(HttpContext context, AskedAnswer asked, bool withUsage)
    {
        var (events, stopped, sent) = (new EventStream(context.Response), context.RequestAborted, 0);
        events.Begin();
        await Send(events, asked, new ChatWords("assistant", ""), null, stopped);
        await foreach (var update in clients.Watch(asked.Job, stopped))
        {
            ClientJobs.Check(update);
            if (AnswerAsker.TextOf(update) is { } text && text.Length > sent)
            {
                await Send(events, asked, new ChatWords(null, text[sent..]), null, stopped);
                sent = text.Length;
            }
            else
            {
                await events.Comment(update, stopped);
            }
        }

        if (await Picture(context, asked) is { } picture)
        {
            await Send(events, asked, picture, null, stopped);
        }

        await Send(events, asked, new ChatWords(null, null), Reason(asked.Job), stopped);
        if (withUsage)
        {
            await events.Send(null, Answer(asked, "chat.completion.chunk") with { Usage = ChatUsage.Of(asked.Job.Tokens) }, stopped);
        }

        await events.Done(stopped);
    }

    private static string Reason(Job job) => job.Tokens is { IsCut: true } ? "length" : "stop";

    private static Task Send(EventStream events, AskedAnswer asked, ChatWords delta, string? reason, CancellationToken cancellationToken) =>
        events.Send(null, Answer(asked, "chat.completion.chunk", new ChatChoice(0, null, delta, reason)), cancellationToken);

    private static ChatAnswer Answer(AskedAnswer asked, string kind, params ChatChoice[] choices) =>
        new($"chatcmpl-{asked.Job.Id:N}", kind, asked.Job.CreatedAt.ToUnixTimeSeconds(), asked.Model.Name, choices);

    /// <summary>Null when the answer is words.</summary>
    private async Task<ChatWords?> Picture(HttpContext context, AskedAnswer asked)
    {
        if (await asker.Picture(asked.Job, context.RequestAborted) is not { } picture)
        {
            return null;
        }

        var file = await finished.Bytes(picture, asked.Output, context.RequestAborted);
        var markdown = $"![picture](data:{asked.Output.Format.MediaType()};base64,{Convert.ToBase64String(file)})";
        return new ChatWords(null, markdown, [new ChatImage("image_url", new ChatImageUrl(FinishedPictures.Address(context, picture, asked.Output)))]);
    }
}

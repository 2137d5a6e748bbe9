using OmniGen2.Web.History;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>Answers of conversations in the form of responses.</summary>
internal sealed class ResponseWriter(ClientJobs clients, AnswerAsker asker, FinishedPictures finished, StepStore films)
{
    public async Task<ResponseAnswer> Whole(HttpContext context, AskedAnswer asked)
    {
        var text = await asker.Words(asked.Job, context.RequestAborted);
        var picture = await asker.Picture(asked.Job, context.RequestAborted);
        return Done(asked, picture is null ? Message(asked, "completed", text) : await Drawn(context, asked, picture));
    }

    public async Task Stream(HttpContext context, AskedAnswer asked)
    {
        var (stopped, text) = (context.RequestAborted, "");
        var events = new ResponseEvents(new EventStream(context.Response), stopped);
        var glimpses = new Glimpses(asked.Job, asked.Drawing, asked.Output, asked.Model, films);
        await events.Begin(Answer(asked, "in_progress"));
        await foreach (var update in clients.Watch(asked.Job, stopped))
        {
            ClientJobs.Check(update);
            if (AnswerAsker.TextOf(update) is { } more && more.Length > text.Length)
            {
                await events.Words(Message(asked, "in_progress", null), more[text.Length..]);
                text = more;
            }
            else if (glimpses.Next(update) is { } glimpse)
            {
                await events.Glimpse(Picture(asked, "in_progress", null), glimpse);
            }
            else
            {
                await events.Comment(update);
            }
        }

        if (await asker.Picture(asked.Job, stopped) is { } picture)
        {
            foreach (var glimpse in glimpses.Missed(picture))
            {
                await events.Glimpse(Picture(asked, "in_progress", null), glimpse);
            }

            await events.End(Picture(asked, "in_progress", null), Done(asked, await Drawn(context, asked, picture)));
        }
        else
        {
            await events.End(Message(asked, "in_progress", null), Done(asked, Message(asked, "completed", text)), text);
        }
    }

    private async Task<ResponseItem> Drawn(HttpContext context, AskedAnswer asked, PictureRow picture) =>
        Picture(asked, "completed", await finished.Bytes(picture, asked.Output, context.RequestAborted));

    private static ResponseItem Message(AskedAnswer asked, string status, string? text) =>
        new($"msg_{asked.Job.Id:N}", "message", status) { Role = "assistant", Content = text is null ? [] : [new ResponsePart(text)] };

    private static ResponseItem Picture(AskedAnswer asked, string status, byte[]? file) => new($"ig_{asked.Job.Id:N}", "image_generation_call", status) { Result = file };

    private static ResponseAnswer Done(AskedAnswer asked, ResponseItem item) =>
        Answer(asked, asked.Job.Tokens is { IsCut: true } ? "incomplete" : "completed", item) with { Usage = ResponseUsage.Of(asked.Job.Tokens) };

    private static ResponseAnswer Answer(AskedAnswer asked, string status, params ResponseItem[] output) =>
        new($"resp_{asked.Job.Id:N}", "response", asked.Job.CreatedAt.ToUnixTimeSeconds(), status, asked.Model.Name, output);
}

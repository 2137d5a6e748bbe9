using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>Asks the queue for pictures and answers with them, all at once or as they come into being.</summary>
internal sealed class ImageAsker(ClientJobs clients, PictureStream stream, FinishedPictures finished)
{
    /// <summary>The model that the request names; refuses a request without words before anything is kept of it.</summary>
    public Task<ModelInfo> Model(RequestFields fields, HttpContext context)
    {
        fields.RequiredText("prompt");
        return clients.Model(fields.Text("model"), context.RequestAborted);
    }

    public async Task<IResult> Draw(HttpContext context, RequestFields fields, ModelInfo model, IReadOnlyList<Reference> pictures)
    {
        var output = OutputFields.Read(fields, model) with { AsUrl = fields.Choice("response_format", false, ("b64_json", false), ("url", true)) };
        var request = new PictureRequest
        {
            Generation = DrawingFields.Generation(fields, model, fields.RequiredText("prompt"), pictures),
            References = pictures,
            Count = (int)(fields.Integer("n", 1, PictureRequest.MaxCount) ?? 1),
        };
        var jobs = await clients.Enqueue(request, ApiAccess.OwnerOf(context), context.RequestAborted);
        using var lease = clients.Hold(jobs);
        if (output.Stream)
        {
            await stream.Write(context, jobs, output, model);
            return Results.Empty;
        }

        foreach (var job in jobs)
        {
            ClientJobs.Check(await clients.Watch(job, context.RequestAborted).LastAsync(context.RequestAborted));
        }

        return OpenAiJson.Result(await finished.Answer(context, jobs, output));
    }
}

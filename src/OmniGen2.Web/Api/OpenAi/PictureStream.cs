using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>Pictures as they come into being: glimpses between the steps, then each whole one.</summary>
internal sealed class PictureStream(ClientJobs clients, FinishedPictures finished, StepStore films)
{
    public async Task Write(HttpContext context, IReadOnlyList<Job> jobs, OutputFields output, ModelInfo model)
    {
        var events = new EventStream(context.Response);
        events.Begin();
        foreach (var job in jobs)
        {
            await Write(job, job.Picture!, output, new Glimpses(job, job.Picture!, output, model, films), events, context.RequestAborted);
        }
    }

    private async Task Write(Job job, PictureRequest request, OutputFields output, Glimpses glimpses, EventStream events, CancellationToken stopped)
    {
        var about = request.References.Count > 0 ? "image_edit" : "image_generation";
        await foreach (var update in clients.Watch(job, stopped))
        {
            ClientJobs.Check(update);
            await events.Comment(update, stopped);
            if (glimpses.Next(update) is { } glimpse)
            {
                await Show(glimpse);
            }
        }

        var picture = await finished.Find(job, stopped);
        foreach (var glimpse in glimpses.Missed(picture))
        {
            await Show(glimpse);
        }

        await Send($"{about}.completed", await finished.Bytes(picture, output, stopped), FinishedPictures.Size(picture), null, ImageUsage.Of(request, [picture]));

        Task Show(Glimpse glimpse) => Send($"{about}.partial_image", glimpse.File, glimpse.Size, glimpse.Index, null);

        Task Send(string type, byte[] file, string size, int? index, ImageUsage? usage) =>
            events.Send(type, new ImageEvent(type, file, finished.Now, size, output.Quality, "opaque", output.FormatName, index, usage), stopped);
    }
}

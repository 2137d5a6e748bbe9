using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>The events of one response in their order: every item is added before it is told about, and done after.</summary>
internal sealed class ResponseEvents(EventStream events, CancellationToken stopped)
{
    private int _number;
    private bool _isAdded;

    public async Task Begin(ResponseAnswer answer)
    {
        events.Begin();
        await Send("response.created", x => x with { Response = answer });
        await Send("response.in_progress", x => x with { Response = answer });
    }

    public Task Comment(JobUpdate update) => events.Comment(update, stopped);

    public async Task Words(ResponseItem message, string words)
    {
        await Add(message);
        await Tell("response.output_text.delta", message, x => x with { ContentIndex = 0, Delta = words });
    }

    public async Task Glimpse(ResponseItem picture, Glimpse glimpse)
    {
        await Add(picture);
        await Tell("response.image_generation_call.partial_image", picture, x => x with { PartialImageIndex = glimpse.Index, PartialImage = glimpse.File });
    }

    /// <param name="item">As it was added, or would have been.</param>
    /// <param name="answer">The whole, with the item as it has become.</param>
    /// <param name="text">What it says; null for a picture.</param>
    public async Task End(ResponseItem item, ResponseAnswer answer, string? text = null)
    {
        await Add(item);
        if (text is null)
        {
            await Tell("response.image_generation_call.completed", item, x => x);
        }
        else
        {
            await Tell("response.output_text.done", item, x => x with { ContentIndex = 0, Text = text });
            await Tell("response.content_part.done", item, x => x with { ContentIndex = 0, Part = new ResponsePart(text) });
        }

        await Send("response.output_item.done", x => x with { OutputIndex = 0, Item = answer.Output[0] });
        await Send($"response.{answer.Status}", x => x with { Response = answer });
    }

    private async Task Add(ResponseItem item)
    {
        if (_isAdded)
        {
            return;
        }

        _isAdded = true;
        await Send("response.output_item.added", x => x with { OutputIndex = 0, Item = item });
        if (item.Content is null)
        {
            await Tell("response.image_generation_call.in_progress", item, x => x);
            await Tell("response.image_generation_call.generating", item, x => x);
        }
        else
        {
            await Tell("response.content_part.added", item, x => x with { ContentIndex = 0, Part = new ResponsePart("") });
        }
    }

    private Task Tell(string type, ResponseItem item, Func<ResponseEvent, ResponseEvent> more) =>
        Send(type, x => more(x with { OutputIndex = 0, ItemId = item.Id }));

    private Task Send(string type, Func<ResponseEvent, ResponseEvent> more) => events.Send(type, more(new ResponseEvent(type, _number++)), stopped);
}

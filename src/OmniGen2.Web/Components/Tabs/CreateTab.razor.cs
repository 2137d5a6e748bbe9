using Microsoft.AspNetCore.Components;
using OmniGen2.Imaging;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>Words in, a picture out: the panel asks, the stage shows what runs or what came of it, the strip what was made before.</summary>
public sealed partial class CreateTab(JobQueue queue, ModelHost model, ImageStore images, NavigationManager navigation) : WatchingComponent
{
    private const int StripLength = 24;

    private IReadOnlyList<PictureRow> _latest = [];
    private CreateForm? _form;
    private RequestPanel? _panel;
    private Job? _job;
    private PictureRow? _picture;
    private bool _missing;
    private string? _fault;
    private string _spoken = "";

    /// <summary>The picture, or the job that becomes one: they share their id.</summary>
    [Parameter] public Guid? Id { get; set; }

    private JobQueue Queue => queue;

    private ModelHost Model => model;

    private string? Subtitle => _picture is { } picture
        ? $"{picture.Width} × {picture.Height} · seed {picture.Seed} · {Duration.Text(picture.DurationMilliseconds / 1000)}"
        : null;

    private string? RunningPreview =>
        Queue.State.Running is { Latest: JobUpdate.Working { Preview: > 0 } work } job ? Links.Preview(job.Id, work.Preview) : null;

    protected override async Task OnParametersSetAsync()
    {
        _form ??= model.Info is { } info ? CreateForm.For(info) : null;
        _latest = await images.Latest(StripLength, Closed);
        await Show(Id ?? queue.State.Running?.Id);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Task.WhenAll(Follow(model.Watch, OnModel), Follow(queue.Progress, OnProgress));
        }
    }

    private static GenerationRequest Request(PictureRow picture) => GenerationMetadata.Parse(picture.Metadata).Request;

    private Task OnModel(ModelState state)
    {
        _form ??= state is ModelState.Ready ready ? CreateForm.For(ready.Info) : null;
        return Task.CompletedTask;
    }

    private async Task OnProgress(QueueState state)
    {
        if (_job?.Latest is JobUpdate.Working work)
        {
            Speak(work);
        }

        if (queue.State.Running is { } running && _job is null && _picture is null && Id is null)
        {
            _job = running;
        }

        if (_job?.Latest is { IsFinal: true } || queue.State.Running is null)
        {
            _latest = await images.Latest(StripLength, Closed);
            await Show(_job?.Id ?? _picture?.Id ?? Id);
        }
    }

    /// <summary>Brings a job or its picture onto the stage.</summary>
    private async Task Show(Guid? id)
    {
        var job = id is { } known ? queue.Find(known) : null;
        var finished = job?.Latest is null or JobUpdate.Done or JobUpdate.Stopped { Kept: true };
        _picture = id is { } wanted && finished ? await images.Find(wanted, Closed) : null;
        _job = _picture is null ? job : null;
        _missing = id is not null && _job is null && _picture is null;
        if (job?.Latest is JobUpdate.Done && _picture is not null)
        {
            _spoken = "The picture is done.";
        }
    }

    private async Task Start()
    {
        if (_form is null || model.Info is not { } info)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(_form.Prompt))
        {
            _fault = "Describe a picture first: say what it shows, where, and in what light.";
            await (_panel?.FocusPrompt() ?? ValueTask.CompletedTask);
            return;
        }

        await Begin(new PictureRequest { Generation = _form.ToRequest(info) });
    }

    private async Task Begin(string example)
    {
        if (_form is not null)
        {
            _form.Prompt = example;
            await Start();
        }
    }

    private Task Again(PictureRequest request) => Begin(request with { Count = 1, Generation = request.Generation with { Seed = CreateForm.NewSeed() } });

    private async Task Begin(PictureRequest request)
    {
        try
        {
            _fault = null;
            var jobs = await queue.Enqueue(request, cancellationToken: Closed);
            navigation.NavigateTo($"pictures/{jobs[0].Id}");
        }
        catch (ModelException refused)
        {
            _fault = refused.Message;
        }
    }

    private void Stop()
    {
        if (_job is not null)
        {
            queue.Stop(_job.Id);
        }
    }

    private void Reuse(PictureRow picture) => _form = CreateForm.Of(Request(picture));

    private void Reset()
    {
        _fault = null;
        _form = model.Info is { } info ? CreateForm.For(info) : null;
    }

    /// <summary>Readers hear tenths, not steps.</summary>
    private void Speak(JobUpdate.Working work)
    {
        var tenth = work.Steps == 0 ? 0 : work.Step * 10 / work.Steps;
        if (tenth > 0)
        {
            _spoken = $"{tenth * 10} percent";
        }
    }
}

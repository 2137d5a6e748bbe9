using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using OmniGen2.Imaging;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>A tab that draws from pictures: it follows what it started, shows it on the stage, and finds it again after a reload by the address.</summary>
public abstract class DrawingTab(JobQueue queue, ModelHost model, ImageStore images, NavigationManager navigation) : WatchingComponent
{
    private const int StripLength = 24;

    /// <summary>The job that was started here, or the picture that came of it: they share their id.</summary>
    [SupplyParameterFromQuery] public Guid? Result { get; set; }

    protected JobQueue Queue => queue;

    protected ModelHost Model => model;

    protected ImageStore Images => images;

    protected NavigationManager Navigation => navigation;

    protected IReadOnlyList<PictureRow> Latest { get; private set; } = [];

    protected Job? Job { get; private set; }

    /// <summary>What came of the job.</summary>
    protected PictureRow? Picture { get; private set; }

    protected CreateForm? Form { get; set; }

    protected string? Fault { get; set; }

    protected string Spoken { get; private set; } = "";

    protected string? RunningPreview =>
        Queue.State.Running is { Latest: JobUpdate.Working { Preview: > 0 } work } job ? Links.Preview(job.Id, work.Preview) : null;

    protected override async Task OnParametersSetAsync()
    {
        Form ??= NewForm();
        Latest = await images.Latest(StripLength, Closed);
        await Show();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Task.WhenAll(Follow(model.Watch, OnModel), Follow(Progress, OnProgress));
        }
    }

    /// <summary>The model's defaults for drawing from pictures.</summary>
    protected CreateForm? NewForm()
    {
        if (model.Info is not { } info)
        {
            return null;
        }

        var form = CreateForm.For(info);
        (form.TextGuidance, form.ImageGuidance) = (info.EditTextGuidance, info.ImageGuidance);
        return form;
    }

    protected void Reset()
    {
        Fault = null;
        Form = NewForm();
    }

    /// <summary>Starts, and puts the job into the address.</summary>
    protected async Task Begin(PictureRequest request)
    {
        try
        {
            Fault = null;
            var jobs = await queue.Enqueue(request, cancellationToken: Closed);
            navigation.NavigateTo(navigation.GetUriWithQueryParameter("Result", jobs[0].Id));
        }
        catch (ModelException refused)
        {
            Fault = refused.Message;
        }
    }

    /// <summary>The same request with another seed.</summary>
    protected Task Again()
    {
        var request = Job?.Picture ?? (Picture is { } made ? Remake(made) : null);
        return request is null ? Task.CompletedTask : Begin(request with { Count = 1, Generation = request.Generation with { Seed = CreateForm.NewSeed() } });
    }

    /// <summary>The request that a finished picture came of.</summary>
    protected abstract PictureRequest Remake(PictureRow picture);

    protected void Stop()
    {
        if (Job is not null)
        {
            queue.Stop(Job.Id);
        }
    }

    protected static GenerationRequest Asked(PictureRow picture) => GenerationMetadata.Parse(picture.Metadata).Request;

    private async IAsyncEnumerable<JobUpdate?> Progress([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var state in queue.Watch(cancellationToken))
        {
            yield return null;
            if (state.Running is { } job)
            {
                await foreach (var update in job.Watch(cancellationToken))
                {
                    yield return job == Job ? update : null;
                }
            }
        }
    }

    private Task OnModel(ModelState state)
    {
        Form ??= NewForm();
        return Task.CompletedTask;
    }

    private async Task OnProgress(JobUpdate? update)
    {
        if (update is JobUpdate.Working { Steps: > 0, Step: > 0 } work)
        {
            // Readers hear tenths, not steps.
            Spoken = $"{work.Step * 10 / work.Steps * 10} percent";
        }

        if (Job?.Latest is { IsFinal: true } || queue.State.Running is null)
        {
            Latest = await images.Latest(StripLength, Closed);
            await Show();
        }
    }

    private async Task Show()
    {
        var job = Result is { } known ? queue.Find(known) : null;
        Picture = Result is { } wanted && job?.Latest is null or JobUpdate.Done ? await images.Find(wanted, Closed) : null;
        Job = Picture is null ? job : null;
        Spoken = Picture is not null ? "The picture is done." : Spoken;
    }
}

using Microsoft.AspNetCore.Components;
using OmniGen2.Imaging;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>A tab that draws: it follows what it started, shows it on the stage, and finds it again after a reload by the address.</summary>
public abstract partial class DrawingTab(JobQueue queue, ModelHost model, ImageStore images, NavigationManager navigation) : WatchingComponent
{
    private const int StripLength = 24;

    private QueueState? _seen;
    private Guid? _taken;

    /// <summary>The job that was started here, or the picture that came of it: they share their id.</summary>
    [SupplyParameterFromQuery] public Guid? Result { get; set; }

    /// <summary>The picture whose words and settings stand in the panel at first.</summary>
    [SupplyParameterFromQuery] public Guid? Settings { get; set; }

    protected JobQueue Queue => queue;

    protected ModelHost Model => model;

    protected ImageStore Images => images;

    protected NavigationManager Navigation => navigation;

    protected IReadOnlyList<PictureRow> Latest { get; private set; } = [];

    protected Job? Job { get; private set; }

    /// <summary>What came of the job.</summary>
    protected PictureRow? Picture { get; private set; }

    /// <summary>What was asked for together with what is shown; empty for a single picture.</summary>
    protected IReadOnlyList<BatchEntry> Batch { get; private set; } = [];

    /// <summary>The address names something that is neither a job nor a picture.</summary>
    protected bool IsMissing { get; private set; }

    protected CreateForm? Form { get; set; }

    protected RequestPanel? Panel { get; set; }

    protected string? Fault { get; set; }

    protected string Spoken { get; private set; } = "";

    /// <summary>What the stage shows, by the id that job and picture share.</summary>
    protected virtual Guid? Shown => Result;

    /// <summary>Where a picture that checks itself stands; null for any other.</summary>
    protected JobUpdate.Working? Checked => Job is { Picture.Reflection: not null, Latest: JobUpdate.Working work } ? work : null;

    /// <summary>What is asked for here.</summary>
    protected abstract PictureKind Kind { get; }

    /// <summary>What to say when the prompt is empty.</summary>
    protected abstract string EmptyPrompt { get; }

    protected override async Task OnParametersSetAsync()
    {
        if (Settings is { } wanted && wanted != _taken && await images.Find(wanted, Closed) is { } picture)
        {
            (_taken, Form) = (wanted, CreateForm.Of(GenerationMetadata.Parse(picture.Metadata).Request));
        }

        Form ??= NewForm();
        await Load();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Task.WhenAll(Follow(model.Watch, OnModel), FollowChanges(queue.Progress, OnProgress));
        }
    }

    /// <summary>Where the stage shows this job or picture.</summary>
    protected virtual string AddressOf(Guid id) => navigation.GetUriWithQueryParameter(nameof(Result), id);

    /// <summary>Where the stage shows the job that was just started here.</summary>
    protected virtual string AddressOfNew(Guid job) => AddressOf(job);

    /// <summary>The whole request around what the form says.</summary>
    protected abstract PictureRequest Request(GenerationRequest generation);

    /// <summary>What is missing besides the words, as a sentence; null when nothing is.</summary>
    protected virtual string? Missing() => null;

    /// <summary>"Picture 2 of 4".</summary>
    protected string Name => Batch.FirstOrDefault(x => x.Id == Shown) is { } entry ? $"Picture {entry.Number} of {entry.Count}" : "The picture";

    private CreateForm? NewForm() => model.Info is { } info ? CreateForm.For(info, fromPictures: Kind != PictureKind.Created) : null;

    private Task OnModel(ModelState state)
    {
        Form ??= NewForm();
        return Task.CompletedTask;
    }

    private async Task<bool> OnProgress(QueueState state)
    {
        if (Job?.Latest is JobUpdate.Working work)
        {
            Spoken = Progress.Spoken(work, Name);
        }

        // The queue says the same state once more as the job gets further: that is for the live part of the page. Only a new one means that something came, began or ended.
        if (ReferenceEquals(state, _seen))
        {
            return false;
        }

        _seen = state;
        var watched = Job;
        await Load();
        GoOn(watched);
        return true;
    }

    /// <summary>Who watched one picture of a batch to its end watches the next.</summary>
    private void GoOn(Job? watched)
    {
        if (watched is { Latest: JobUpdate.Done or JobUpdate.Stopped } && Batch.FirstOrDefault(x => x.Job is { Latest.IsFinal: false }) is { } next)
        {
            navigation.NavigateTo(AddressOf(next.Id), replace: true);
        }
        else if (watched is { Latest: JobUpdate.Done { PictureId: var best } } && best != watched.Id)
        {
            // Of a picture that checked itself a later round is the best.
            navigation.NavigateTo(AddressOf(best), replace: true);
        }
    }

    /// <summary>Brings what is shown onto the stage, and the last results into the strip.</summary>
    private async Task Load()
    {
        Latest = await images.Latest(StripLength, Closed);
        var job = Shown is { } known && queue.Find(known) is { Picture: not null } found ? found : null;
        var hasPicture = job?.Latest is null or JobUpdate.Done or JobUpdate.Stopped { Kept: true };
        Picture = Shown is { } wanted && hasPicture ? await images.Find(wanted, Closed) : null;
        Job = Picture is null ? job : null;
        IsMissing = Shown is not null && Job is null && Picture is null;
        var batch = job?.Batch ?? Picture?.Batch;
        Batch = batch is { } together ? BatchEntry.Of(queue.OfBatch(together), await images.OfBatch(together, Closed)) : [];
        Spoken = job?.Latest is JobUpdate.Done ? $"{Name} is done." : Spoken;
    }
}

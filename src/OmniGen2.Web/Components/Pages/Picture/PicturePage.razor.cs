using Microsoft.AspNetCore.Components;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Components.Layout;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Pages.Picture;

/// <summary>One picture: large, with all that is known of it, the steps in which it came to be, and the tree in which it stands. Until it is there, its job.</summary>
public sealed partial class PicturePage(PictureReader reader, JobQueue queue, NavigationManager navigation, Toasts toasts) : WatchingComponent
{
    private PictureView? _view;
    private Job? _job;
    private Guid? _read;
    private int _step;
    private long _seen = -1;
    private int _from;
    private bool _isGoingOn;
    private bool _isComparing;
    private bool _isFull;
    private bool _treeShown;
    private string _spoken = "";
    private QueueState? _state;

    /// <summary>The picture, or the job that becomes one: they share their id.</summary>
    [Parameter] public Guid Id { get; set; }

    private JobQueue Queue => queue;

    private string Words => _view?.Row.Prompt ?? _job?.Request.Words ?? "";

    private string? Subtitle => _view?.Row is { } row ? $"{NameOf(row.Kind)} · {row.Width} × {row.Height}" : null;

    private PictureRow? Before => _view?.Parents is [var parent, ..] ? parent : null;

    /// <summary>A picture of the tree while this one is only a job.</summary>
    private Guid? Origin => _job is not null && TreeEntryOf(_job) is [var parent, ..] ? parent : null;

    /// <summary>Where words and settings of this picture fill the panel.</summary>
    private string SettingsAddress => (_view?.Row.Kind, _view?.Parents) switch
    {
        (PictureKind.Edited, [var source, ..]) => $"edit/{source.Id}?Settings={Id}",
        (PictureKind.Composed, { Count: > 0 } parents) => $"compose?References={string.Join(',', parents.Take(_view!.Metadata.References.Count).Select(x => x.Id.ToString("N")))}&Settings={Id}",
        _ => $"?Settings={Id}",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (_read != Id)
        {
            _read = Id;
            (_isComparing, _treeShown, _isGoingOn, _isFull, _spoken) = (false, false, false, false, "");
            await Load();
            _step = _view?.Film?.Steps ?? 0;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Task.WhenAll(FollowChanges(queue.Progress, OnProgress), Follow(reader.Changes, OnChange));
        }
    }

    private static IReadOnlyList<Guid> TreeEntryOf(Job job) => Tree.TreeEntry.Of(job)?.Parents ?? [];

    private static string NameOf(PictureKind kind) => kind switch
    {
        PictureKind.Created => "Created",
        PictureKind.Edited => "Edited",
        PictureKind.Composed => "Composed",
        PictureKind.Answered => "From a conversation",
        PictureKind.Step => "Step of a picture",
        _ => "Brought",
    };

    private async Task Load()
    {
        var job = queue.Find(Id) is { Picture: not null } found ? found : null;
        _view = job?.Latest is null or JobUpdate.Done or JobUpdate.Stopped { Kept: true } ? await reader.Read(Id, Closed) : null;
        _job = _view is null ? job : null;
    }

    /// <summary>What changes with every step is the live part's; the page is rendered by tenths, and when something came, began or ended.</summary>
    private async Task<bool> OnProgress(QueueState state)
    {
        var before = (_spoken, _state);
        _state = state;
        if (_job?.Latest is JobUpdate.Working { Steps: > 0, Step: > 0 } work)
        {
            // Readers hear tenths, not steps.
            _spoken = $"{work.Step * 10 / work.Steps * 10} percent";
        }

        if (_job is { Latest: JobUpdate.Done done } && done.PictureId != Id)
        {
            // A later round of a picture that checks itself turned out best.
            navigation.NavigateTo(Links.Page(done.PictureId), replace: true);
        }
        else if (_job is { Latest.IsFinal: true })
        {
            await Load();
            if (_view is not null)
            {
                (_step, _spoken) = (_view.Film?.Steps ?? 0, "The picture is done.");
            }
        }

        return before != (_spoken, _state);
    }

    /// <summary>Somebody starred, rated, tagged or deleted something, perhaps this picture or one of its tree.</summary>
    private async Task OnChange(long change)
    {
        if (_view is not null && _seen >= 0 && _seen != change)
        {
            _view = await reader.Read(Id, Closed) ?? _view;
        }

        _seen = change;
    }

    private Task Again(bool newSeed) => Try(async () => Open(await queue.RunAgain(Id, newSeed, cancellationToken: Closed)));

    private void AskFrom(int step) => (_from, _isGoingOn) = (step, true);

    private Task GoOn(GenerationRequest changed) => Try(async () => Open(await queue.GoOn(Id, _from, _ => changed, cancellationToken: Closed)));

    private Task Keep(int step) => Try(async () =>
    {
        var job = await queue.KeepStep(Id, step, cancellationToken: Closed);
        toasts.Offer($"Step {step} becomes a picture of its own.", "Open it", () =>
        {
            Open(job);
            return Task.CompletedTask;
        });
    });

    private Task Describe() => Try(async () =>
    {
        await queue.Enqueue(PromptWriter.Describe(Id), cancellationToken: Closed);
        toasts.Say("The model looks at the picture. What it sees will stand beside it, if it has words for it.");
    });

    private void Open(Job job) => navigation.NavigateTo(Links.Page(job.Id));

    private async Task Try(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (ModelException refused)
        {
            toasts.Warn(refused.Message);
        }
    }
}

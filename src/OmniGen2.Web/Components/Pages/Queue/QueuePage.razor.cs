using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Components.Layout;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Components.Pages.Queue;

/// <summary>What runs, what waits and why, what has ended of late, and what can be done about each.</summary>
public sealed partial class QueuePage(JobQueue queue, JobOwners owners, ModelHost model, History.Gallery gallery, Toasts toasts) : WatchingComponent
{
    private QueueState _state = queue.State;
    private IReadOnlyList<QueueEntry> _entries = [];
    private QueueForecast _forecast = queue.Forecast();
    private JobSight _sight = queue.Sight();
    private WaitReason _reason = new(queue.State, queue.Forecast(), owners, queue.Sight());
    private int _ended;
    private string _spoken = "";

    private ModelHost Model => model;

    private QueueState State => _state;

    private bool ModelIsReady => model.State is ModelState.Ready;

    /// <summary>Where there are accounts, of others only the first: their lanes show the rest. One that is nothing where nothing is at work.</summary>
    private IEnumerable<Job?> AtWork => State.AtWork.Where(x => Asker.Current.Owns(x.Owner) || x == State.Running).DefaultIfEmpty();

    /// <summary>What this page's button lets stand still: one's own work, or all where there is one person.</summary>
    private static QueuePart Part => Asker.Current.IsPerson ? QueuePart.Of(Asker.Current.Id) : QueuePart.All;

    private bool IsHalted => State.Halted.Contains(Part);

    private string Subtitle
    {
        get
        {
            var all = State.AtWork.Concat(State.Waiting).ToList();
            var people = all.Select(x => x.Owner).Distinct().Count();
            var end = all.Count > 0 && _forecast.EndOf(all) is { } last ? $" · empty in about {Duration.Text(last.Middle)}" : "";
            return all.Count == 0 ? "Free" : $"{State.AtWork.Count} at work · {State.Waiting.Count} waiting{(people > 1 ? $" · {people} people" : "")}{end}";
        }
    }

    protected override void OnInitialized() => _entries = Own(State);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Task.WhenAll(Follow(model.Watch, _ => Task.CompletedTask), Follow(queue.Progress, OnProgress), Follow(gallery.Watch, OnShared));
        }
    }

    private static string Quote(Job job) => $"“{QueueEntry.Short(job.Words)}”";

    /// <summary>Those of others stand in their lanes.</summary>
    private static IReadOnlyList<QueueEntry> Own(QueueState state) => [.. QueueEntry.Of(state).Where(x => Asker.Current.Owns(x.First.Owner))];

    private Task OnProgress(QueueState state)
    {
        if (state != _state)
        {
            (_state, _entries, _sight) = (state, Own(state), queue.Sight());
            _ended++;
        }

        _forecast = queue.Forecast();
        _reason = new WaitReason(_state, _forecast, owners, _sight);
        return Task.CompletedTask;
    }

    private Task OnShared(long version)
    {
        _sight = queue.Sight();
        return Task.CompletedTask;
    }

    private string? WhoseIs(Job? job) => job?.Owner is { } owner && !Asker.Current.Owns(owner) ? owners.NameOf(owner) : null;

    private Task Turn() => Try(async () =>
    {
        var halt = !IsHalted;
        await (halt ? queue.Halt(Part, Closed) : queue.Resume(Part, Closed));
        _spoken = (halt, Part == QueuePart.All) switch
        {
            (true, true) => "The queue is paused.",
            (true, _) => "What is yours is paused.",
            (_, true) => "The queue goes on.",
            _ => "What is yours goes on.",
        };
    });

    private void Stop(Job job) => queue.Stop(job.Id);

    private void Discard(Job job) => Undoable(queue.Discard(job.Id) ? [job] : [], $"Threw away {Quote(job)}");

    /// <summary>What waits of a job's batch.</summary>
    private IReadOnlyList<Job> RestOf(Job? job) => job?.Batch is { } batch ? [.. State.Waiting.Where(x => x.Batch == batch)] : [];

    private string EndOf(Job? job) => job is not null && _forecast.EndOf(RestOf(job).Prepend(job)) is { } end ? $" · done in {Duration.Text(end)}" : "";

    private void CancelRest(Job? job) => Undoable([.. RestOf(job).Reverse().Where(x => queue.Discard(x.Id)).Reverse()], "Cancelled the rest of the pictures");

    private void Skip(QueueEntry entry) => Undoable(queue.Discard(entry.First.Id) ? [entry.First] : [], $"Skipped a picture of {Quote(entry.First)}");

    private void Cancel(QueueEntry entry) =>
        Undoable([.. entry.Jobs.Reverse().Where(x => queue.Discard(x.Id)).Reverse()], $"Cancelled {Quote(entry.First)}");

    private Task Move(QueueEntry entry, JobMove move) => Try(async () =>
    {
        if (await queue.Move(entry.First.Id, move, Closed))
        {
            var place = Own(queue.State).TakeWhile(x => x.Key != entry.Key).Count() + 1;
            _spoken = $"{Quote(entry.First)} waits at place {place} now.";
        }
    });

    private Task Again((Guid Job, bool NewSeed) ended) => Try(async () =>
    {
        var job = await queue.RunAgain(ended.Job, ended.NewSeed, cancellationToken: Closed);
        toasts.Say(queue.State.Ahead(job) is > 0 and var ahead ? $"It runs again, after {ahead} {(ahead == 1 ? "other" : "others")}." : "It runs again.");
    });

    /// <summary>Cancelled jobs come back by being asked for again, at the end of the line.</summary>
    private void Undoable(IReadOnlyList<Job> jobs, string text)
    {
        var pictures = jobs.Where(x => x.Picture is not null).ToList();
        if (pictures.Count > 0)
        {
            toasts.Undoable(text, async () =>
            {
                foreach (var job in pictures)
                {
                    await queue.RunAgain(job.Id);
                }
            });
        }
    }

    private async Task Try(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (ModelException error)
        {
            toasts.Warn(error.Message);
        }
    }
}

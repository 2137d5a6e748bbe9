using OmniGen2.Web.History;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Jobs;

/// <summary>What people do with jobs that they have asked for. All of it acts within a step.</summary>
public sealed partial class JobQueue
{
    /// <summary>Ends a job with what there is of it: the latest estimate becomes a picture that is marked as partial. False when it has ended already.</summary>
    public bool Stop(Guid id) => Stop(id, JobWish.Keep);

    /// <summary>As above, and tells its owner why.</summary>
    internal bool Stop(Guid id, string because) => Stop(id, JobWish.Keep, because);

    /// <summary>Ends a job with nothing: skips one picture of a batch, or throws a running one away. False when it has ended already.</summary>
    public bool Discard(Guid id) => Stop(id, JobWish.Discard);

    /// <summary>Ends all that is left of a batch; with <paramref name="keep"/> what there is of the running picture is kept.</summary>
    /// <returns>How many jobs that were.</returns>
    public int StopBatch(Guid batch, bool keep = false)
    {
        var state = State;
        // From the back, so that no picture begins because the one before it has just ended.
        return state.Waiting.Reverse().Concat(state.AtWork.Reverse()).Where(x => x.Batch == batch).Count(x => Stop(x.Id, keep ? JobWish.Keep : JobWish.Discard));
    }

    /// <summary>Lets a part of the queue stand still, over restarts too; a running job of it waits again after its step. A database that cannot be written is a <see cref="ModelException"/>.</summary>
    public Task Halt(QueuePart part, CancellationToken cancellationToken = default) => Halt(part, halt: true, cancellationToken);

    /// <summary>Lets a part of the queue go on.</summary>
    public Task Resume(QueuePart part, CancellationToken cancellationToken = default) => Halt(part, halt: false, cancellationToken);

    /// <summary>Moves a waiting job, and with it the rest of its batch, among the jobs of its owner or before those of everybody. False when it does not wait.</summary>
    public async Task<bool> Move(Guid id, JobMove move, CancellationToken cancellationToken = default)
    {
        if (move == JobMove.BeforeAll)
        {
            Asker.Current.Demand(Permission.ManageQueue);
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            IReadOnlyDictionary<Job, long> places;
            lock (_lock)
            {
                if (Changeable(id) is not { } job || !_line.IsWaiting(job))
                {
                    return false;
                }

                places = _line.Places(job, move);
            }

            await Asker.As(Asker.Studio, () => rows.Place(places.ToDictionary(x => x.Key.Id, x => x.Value), cancellationToken));
            Change(() =>
            {
                _line.Place(places);
                Disturb(x => move == JobMove.BeforeAll || places.ContainsKey(x));
            });
            return true;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Asks once more for what a job or a picture came of, however that ended and however long ago: one picture, from the same seed or a new one. What
    /// cannot be asked again is a <see cref="ModelException"/>.
    /// </summary>
    public async Task<Job> RunAgain(Guid id, bool newSeed = false, string? owner = null, CancellationToken cancellationToken = default)
    {
        var request = await intake.RequestOf(id, cancellationToken);
        var seed = newSeed ? PictureRequest.NewSeed() : request.Generation.Seed;
        return (await Enqueue(request with { Generation = request.Generation with { Seed = seed } }, owner, cancellationToken))[0];
    }

    /// <summary>Makes a picture of a step of another one, as it was; which steps are kept, <see cref="History.StepStore.StatesOf"/> says.</summary>
    public async Task<Job> KeepStep(Guid picture, int step, string? owner = null, CancellationToken cancellationToken = default)
    {
        var request = await intake.RequestOf(picture, cancellationToken) with { Kind = PictureKind.Step, From = new StepOf(picture, step) };
        return (await Enqueue(request, owner, cancellationToken))[0];
    }

    /// <summary>
    /// Draws on from a step of a picture, with the words and settings that led to it, changed as <paramref name="change"/> says. Unchanged they lead to
    /// the same pixels again.
    /// </summary>
    public async Task<Job> GoOn(
        Guid picture, int step, Func<GenerationRequest, GenerationRequest> change, string? owner = null, CancellationToken cancellationToken = default)
    {
        var request = await intake.RequestOf(picture, cancellationToken);
        var kind = request.Kind == PictureKind.Step ? null : request.Kind;
        return (await Enqueue(request with { Kind = kind, From = new StepOf(picture, step), Generation = change(request.Generation) }, owner, cancellationToken))[0];
    }

    /// <summary>A job of one's own, or any for who looks after the queue; null when there is no such job for who asks.</summary>
    private Job? Changeable(Guid id) => _jobs.GetValueOrDefault(id) is { } job && (Asker.Current.May(Permission.ManageQueue) || (Asker.Current.Owns(job.Owner) && Asker.Current.May(Permission.Make))) ? job : null;

    private bool Stop(Guid id, JobWish wish, string? because = null)
    {
        if (Changeable(id) is not { } job || !Asked(job, wish, because, out var ended))
        {
            return false;
        }

        if (ended)
        {
            Asker.As(Asker.Studio, () => End(job, new JobUpdate.Stopped()));
        }

        return true;
    }

    /// <summary>Tells the worker, or takes the job out of the line when there is nothing of it that the worker would have to keep.</summary>
    private bool Asked(Job job, JobWish wish, string? because, out bool ended)
    {
        ended = false;
        lock (_lock)
        {
            // Before the worker or anybody else can see the end.
            job.StoppedBecause ??= job.Latest.IsFinal ? null : because;
            if (!_line.IsAtWork(job) && !(wish == JobWish.Keep && job.HasBegun && _line.IsWaiting(job)))
            {
                return ended = _line.Remove(job);
            }

            job.Ask(wish);
            _line.Wished();
            _changed.Set();
            return true;
        }
    }

    /// <summary>What was promised for these jobs no longer counts.</summary>
    private void Disturb(Func<Job, bool> which)
    {
        foreach (var job in _jobs.Values.Where(which))
        {
            job.IsDisturbed = true;
        }
    }

    private async Task Halt(QueuePart part, bool halt, CancellationToken cancellationToken)
    {
        Asker.Current.Demand(Asker.Current.IsPerson && part == QueuePart.Of(Asker.Current.Id) ? Permission.Make : Permission.ManageQueue);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await rows.Halt(part.Name, halt, cancellationToken);
            Change(() =>
            {
                _line.Halted = halt ? _line.Halted.Add(part) : _line.Halted.Remove(part);
                Disturb(x => part == QueuePart.All || part == QueuePart.Of(x.Owner));
            });
        }
        finally
        {
            _writing.Release();
        }
    }
}

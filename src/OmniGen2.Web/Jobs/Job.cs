using OmniGen2.Web.History;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Jobs;

/// <summary>One request on its way to its end, and the place where anyone may watch it.</summary>
public sealed class Job(Guid id, JobRequest request, DateTimeOffset createdAt)
{
    internal const string PrivateWords = "private";

    private readonly Broadcast<JobUpdate> _updates = new(new JobUpdate.Queued());
    private volatile JobWish _wish;

    /// <summary>Also the id of the picture that comes of it.</summary>
    public Guid Id { get; } = id;

    public JobRequest Request { get; } = request;

    /// <summary>Null unless a picture is asked for.</summary>
    public PictureRequest? Picture => Request as PictureRequest;

    public JobKind Kind => Request switch
    {
        PictureRequest { Reflection: not null } => JobKind.Reflection,
        PictureRequest => JobKind.Picture,
        _ => JobKind.Answer,
    };

    /// <summary>What was asked, in the words of who asked; for everybody else it is private. Who may see the job otherwise is told by <see cref="JobSight"/>.</summary>
    public string Words => Asker.Current.Owns(Owner) ? Request.Words : PrivateWords;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Whose it is; null where the studio has no accounts.</summary>
    public string? Owner { get; init; }

    /// <summary>The pictures that were asked for together share this; null for a single one.</summary>
    public Guid? Batch { get; init; }

    public JobUpdate Latest => _updates.Latest;

    public Preview Preview { get; } = new();

    /// <summary>What an answer took; null before it is whole.</summary>
    public AnswerTokens? Tokens { get; internal set; }

    /// <summary>Smaller runs earlier. For the queue, under its lock.</summary>
    internal long Place { get; set; }

    /// <summary>Who looks after the queue put it before the work of everybody: such places are below zero, over restarts too.</summary>
    public bool IsBeforeAll => Place < 0;

    /// <summary>Why somebody else ended it; null where nobody did or said so.</summary>
    public string? StoppedBecause { get; internal set; }

    /// <summary>Somebody waits for it and it is short: an answer, or a change of one picture. It overtakes long work.</summary>
    public bool IsInteractive => Request switch
    {
        AnswerRequest or PictureRequest { Kind: PictureKind.Step } => true,
        PictureRequest { Reflection: null, Count: 1, References.Count: > 0 } => true,
        _ => false,
    };

    /// <summary>Time that the model spent on it in earlier quanta, of this process or another.</summary>
    internal TimeSpan Work { get; set; }

    /// <summary>When its quantum began, as the clock's timestamp. For the worker.</summary>
    internal long QuantumBegan { get; set; }

    /// <summary>Which piece of work it is at; see <see cref="QuantumMark"/>.</summary>
    internal int Quantum { get; set; } = QuantumMark.Starting;

    /// <summary>How much work it is (<see cref="PictureCost"/>); null until somebody asked.</summary>
    internal double? Cost { get; set; }

    /// <summary>When its first quantum began, in this process or another.</summary>
    internal DateTimeOffset? BeganAt { get; set; }

    /// <summary>A person moved or paused it, so that it does not come as was promised.</summary>
    internal bool IsDisturbed { get; set; }

    /// <summary>There is a saved state, so that something could be kept of it.</summary>
    internal bool HasBegun { get; set; }

    /// <summary>An earlier process ended at it: it goes alone, so that nobody else's work is at stake.</summary>
    internal bool HasCrashed { get; init; }

    /// <summary>Read by the worker between two quanta.</summary>
    internal JobWish Wish => _wish;

    /// <summary>The latest update and all that follow, to the final one.</summary>
    public IAsyncEnumerable<JobUpdate> Watch(CancellationToken cancellationToken = default) => _updates.Watch(cancellationToken);

    public async Task<JobUpdate> Completion(CancellationToken cancellationToken = default) => await Watch(cancellationToken).LastAsync(cancellationToken);

    internal void Ask(JobWish wish) => _wish = wish;

    /// <summary>Called after every update; for the queue.</summary>
    internal Action? Progressed { get; set; }

    internal void Publish(JobUpdate update)
    {
        _updates.Publish(update, update.IsFinal);
        Progressed?.Invoke();
    }

    internal JobRow ToRow() => new()
    {
        Id = Id,
        Kind = Kind,
        Owner = Owner,
        Place = Place,
        Batch = Batch,
        Request = RequestJson.Write(Request),
        Key = Request.Key?.Value,
        KeySha256 = Request.Key?.Sha256,
        CreatedAt = CreatedAt,
    };
}

/// <summary>How somebody wants a job to end before it is done.</summary>
internal enum JobWish
{
    None,

    /// <summary>With what there is.</summary>
    Keep,

    /// <summary>With nothing.</summary>
    Discard,
}

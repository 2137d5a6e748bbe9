using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>One request on its way to its end, and the place where anyone may watch it.</summary>
public sealed class Job(Guid id, JobRequest request, DateTimeOffset createdAt)
{
    private readonly Broadcast<JobUpdate> _updates = new(new JobUpdate.Queued());
    private volatile bool _isStopping;

    /// <summary>Also the id of the picture that comes of it.</summary>
    public Guid Id { get; } = id;

    public JobRequest Request { get; } = request;

    /// <summary>Null unless a picture is asked for.</summary>
    public PictureRequest? Picture => Request as PictureRequest;

    /// <summary>What was asked, in the words of who asked.</summary>
    public string Words => Picture?.Generation.Prompt ?? "";

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Whose it is; null where the studio has no accounts.</summary>
    public string? Owner { get; init; }

    /// <summary>The pictures that were asked for together share this; null for a single one.</summary>
    public Guid? Batch { get; init; }

    public JobUpdate Latest => _updates.Latest;

    public Preview Preview { get; } = new();

    /// <summary>Time spent on it by earlier runs, of this process or another.</summary>
    internal TimeSpan Work { get; set; }

    /// <summary>Read by the worker between two steps.</summary>
    internal bool IsStopping => _isStopping;

    /// <summary>The latest update and all that follow, to the final one.</summary>
    public IAsyncEnumerable<JobUpdate> Watch(CancellationToken cancellationToken = default) => _updates.Watch(cancellationToken);

    public async Task<JobUpdate> Completion(CancellationToken cancellationToken = default) => await Watch(cancellationToken).LastAsync(cancellationToken);

    internal void AskToStop() => _isStopping = true;

    internal void Publish(JobUpdate update) => _updates.Publish(update, update.IsFinal);

    internal JobRow ToRow(long place) => new()
    {
        Id = Id,
        Kind = JobKind.Picture,
        Owner = Owner,
        Place = place,
        Batch = Batch,
        Request = RequestJson.Write(Request),
        CreatedAt = CreatedAt,
    };
}

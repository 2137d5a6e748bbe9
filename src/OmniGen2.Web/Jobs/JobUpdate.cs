namespace OmniGen2.Web.Jobs;

/// <summary>What a job does right now, in the order in which it comes.</summary>
public enum JobPhase
{
    EncodingPrompt,
    EncodingReferences,
    Denoising,
    Decoding,
}

/// <summary>What the watchers of a job are told, in order; after a final one nothing follows.</summary>
public abstract record JobUpdate(bool IsFinal = false)
{
    /// <summary>Waits in the queue.</summary>
    public sealed record Queued : JobUpdate;

    /// <summary>Runs. Step is how many are done, 0 … Steps.</summary>
    public sealed record Working(JobPhase Phase, int Step, int Steps) : JobUpdate
    {
        /// <summary>Of late; null until two steps are done.</summary>
        public double? StepsPerSecond { get; init; }

        public TimeSpan? Left { get; init; }

        /// <summary>Version of the preview (<see cref="Links.Preview"/>); 0 while there is none.</summary>
        public int Preview { get; init; }
    }

    /// <summary>The picture is kept; its id is the job's.</summary>
    public sealed record Done(Guid PictureId) : JobUpdate(IsFinal: true);

    /// <summary>A sentence for the person who asked.</summary>
    public sealed record Failed(string Message) : JobUpdate(IsFinal: true);

    public sealed record Stopped() : JobUpdate(IsFinal: true);

    /// <summary>Ended the studio twice, so it does not run again by itself.</summary>
    public sealed record Parked(string Message) : JobUpdate(IsFinal: true);
}

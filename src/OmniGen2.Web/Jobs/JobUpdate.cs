namespace OmniGen2.Web.Jobs;

/// <summary>What a job does right now, in the order in which it comes.</summary>
public enum JobPhase
{
    EncodingPrompt,
    EncodingReferences,
    Denoising,
    Decoding,
    Judging,
}

/// <summary>What the watchers of a job are told, in order; after a final one nothing follows.</summary>
public abstract record JobUpdate(bool IsFinal = false)
{
    /// <summary>Waits in the queue; Step of Steps are done when it ran before and was halted or cut off.</summary>
    public sealed record Queued(int Step = 0, int Steps = 0) : JobUpdate
    {
        /// <summary>Version of the preview; 0 while there is none.</summary>
        public int Preview { get; init; }
    }

    /// <summary>Runs. Step is how many are done, 0 … Steps.</summary>
    public sealed record Working(JobPhase Phase, int Step, int Steps) : JobUpdate
    {
        /// <summary>Of late; null until two steps are done.</summary>
        public double? StepsPerSecond { get; init; }

        public TimeSpan? Left { get; init; }

        /// <summary>Version of the preview (<see cref="Links.Preview"/>); 0 while there is none.</summary>
        public int Preview { get; init; }

        /// <summary>Which round of a picture that checks itself; 1 for any other.</summary>
        public int Round { get; init; } = 1;
    }

    /// <summary>An answer is being written: all of it so far, so that who misses an update misses no word.</summary>
    public sealed record Answering(string Text) : JobUpdate;

    /// <summary>The answer is whole and stands in its message.</summary>
    public sealed record Answered(string Text) : JobUpdate(IsFinal: true);

    /// <summary>The picture is kept; its id is the job's, unless a later round of it turned out best.</summary>
    public sealed record Done(Guid PictureId) : JobUpdate(IsFinal: true);

    /// <summary>A sentence for the person who asked.</summary>
    public sealed record Failed(string Message) : JobUpdate(IsFinal: true);

    /// <summary>Somebody ended it. Kept: what there was of it is the picture with the job's id, or stands in the message.</summary>
    public sealed record Stopped(bool Kept = false) : JobUpdate(IsFinal: true)
    {
        /// <summary>The best round that was kept of a picture that checks itself.</summary>
        public Guid? Picture { get; init; }
    }

    /// <summary>Ended the studio again and again, so it does not run again by itself.</summary>
    public sealed record Parked(string Message) : JobUpdate(IsFinal: true);
}

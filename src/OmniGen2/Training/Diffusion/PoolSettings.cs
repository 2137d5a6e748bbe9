namespace OmniGen2.Training.Diffusion;

/// <summary>
/// How many scenes are at hand at a time. What the frozen parts make of them lies on disk in shards; batches draw from a window of the
/// newest ones, which moves on while the training runs, so that no scene is seen too often.
/// </summary>
public sealed record PoolSettings
{
    /// <summary>Edits in a shard; their sources and targets are also the scenes of pictures from a prompt.</summary>
    public int Edits { get; init; } = 1000;

    /// <summary>In-context tasks in a shard.</summary>
    public int Compositions { get; init; } = 350;

    /// <summary>Prompts for every scene of an edit.</summary>
    public int Captions { get; init; } = 2;

    /// <summary>Prompts in a shard that have a scene of their own.</summary>
    public int Scenes { get; init; }

    /// <summary>Shards in the window.</summary>
    public int Shards { get; init; } = 12;

    /// <summary>Shards made before the first step.</summary>
    public int First { get; init; } = 2;

    /// <summary>Batches until the next shard joins; 0 keeps the first ones for good.</summary>
    public long Refresh { get; init; } = 500;

    internal IEnumerable<(bool Holds, FormattableString Fault)> Rules =>
    [
        (Edits is >= 1 and <= 100_000, $"pool.edits = {Edits} must be from 1 to 100000"),
        (Compositions is >= 1 and <= 100_000, $"pool.compositions = {Compositions} must be from 1 to 100000"),
        (Captions is >= 0 and <= 100, $"pool.captions = {Captions} must be from 0 to 100"),
        (Scenes is >= 0 and <= 100_000, $"pool.scenes = {Scenes} must be from 0 to 100000"),
        (Captions + Scenes > 0, $"pool.captions and pool.scenes are both 0: one must be above, or there are no prompts"),
        (Shards is >= 1 and <= 1000, $"pool.shards = {Shards} must be from 1 to 1000"),
        (First >= 1 && First <= Shards, $"pool.first = {First} must be from 1 to pool.shards = {Shards}"),
        (Refresh >= 0, $"pool.refresh = {Refresh} must not be negative"),
    ];

    /// <summary>Number of the newest shard that a batch draws from.</summary>
    internal long Newest(long batch) => First - 1 + (Refresh == 0 ? 0 : batch / Refresh);
}

namespace OmniGen2.Web.Jobs;

/// <summary>How many pictures may go side by side, and which.</summary>
/// <param name="Most">1: each goes alone.</param>
/// <param name="ShapeOf">Equal for those that may; null for what goes alone.</param>
internal sealed record Lanes(int Most, Func<Job, LaneShape?> ShapeOf)
{
    public static Lanes One { get; } = new(1, _ => null);
}

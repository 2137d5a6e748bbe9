namespace OmniGen2.Web.Jobs;

/// <summary>A picture as it stood after one of its steps; <see cref="History.StepStore.StatesOf"/> says which are kept.</summary>
public sealed record StepOf(Guid Picture, int Step)
{
    /// <summary>Of the picture's file, lower-case hex; filled in when the request is taken.</summary>
    public string Sha256 { get; init; } = "";
}

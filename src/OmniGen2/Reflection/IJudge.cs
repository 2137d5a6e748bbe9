namespace OmniGen2.Reflection;

/// <summary>Looks at a picture and says how well it does what was asked.</summary>
public interface IJudge
{
    /// <summary>Whose verdicts these are, for people to read.</summary>
    string Name { get; }

    /// <summary>
    /// Nulls while it thinks, so that the caller may do something else, or stop it by asking for no more; the verdict comes last. A judge that cannot
    /// say is no fault of the picture: the verdict then has no score.
    /// </summary>
    IEnumerable<Verdict?> Judge(JudgedPicture picture);
}

/// <summary>A picture and what it is measured against.</summary>
/// <param name="Request">What was asked for, in the words of who asked.</param>
/// <param name="Picture">What came of it.</param>
public sealed record JudgedPicture(string Request, RgbImage Picture)
{
    /// <summary>What it was to be drawn from, in order; empty where it came from words alone.</summary>
    public IReadOnlyList<RgbImage> References { get; init; } = [];

    /// <summary>What the judge itself has said of each of them, where it looks at one picture at a time.</summary>
    public IReadOnlyList<string> Described { get; init; } = [];
}

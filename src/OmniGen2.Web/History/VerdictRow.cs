namespace OmniGen2.Web.History;

/// <summary>What a judge said about a picture that checks itself.</summary>
public sealed class VerdictRow
{
    /// <summary>The picture that was looked at.</summary>
    public required Guid PictureId { get; init; }

    /// <summary>The first round's picture: what the rounds have in common.</summary>
    public required Guid Reflection { get; init; }

    /// <summary>1 is the first.</summary>
    public required int Round { get; init; }

    /// <summary>0 … 25.</summary>
    public required double Score { get; init; }

    /// <summary>What is wrong, in the judge's words; never markup, never a command.</summary>
    public required string Words { get; init; }

    public required string Judge { get; init; }

    public required double Milliseconds { get; init; }

    /// <summary>The best round so far.</summary>
    public bool IsBest { get; set; }
}

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

    /// <summary>0 … 25; null when the judge could not say, and <see cref="Words"/> then say why.</summary>
    public required double? Score { get; init; }

    /// <summary>What is wrong, in the judge's words; never markup, never a command.</summary>
    public required string Words { get; init; }

    /// <summary>An instruction that would mend this picture; null where the judge has none.</summary>
    public string? Repair { get; init; }

    /// <summary>The request in words that may work better; null where the judge has none.</summary>
    public string? Rewording { get; init; }

    public required string Judge { get; init; }

    public required double Milliseconds { get; init; }

    /// <summary>Read and written by the judge; 0 where it does not say.</summary>
    public int Tokens { get; init; }

    /// <summary>In the currency of the judge's prices; null where it has none.</summary>
    public double? Cost { get; init; }

    /// <summary>The best round so far.</summary>
    public bool IsBest { get; set; }
}

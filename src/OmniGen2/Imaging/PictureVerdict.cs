namespace OmniGen2.Imaging;

/// <summary>What a judge said of a picture that checks itself, as it is written into the file.</summary>
public sealed record PictureVerdict
{
    /// <summary>Which round the picture is; 1 is the first.</summary>
    public required int Round { get; init; }

    /// <summary>0 … 25; null when the judge could not say.</summary>
    public double? Score { get; init; }

    /// <summary>What is wrong, in the judge's words.</summary>
    public required string Words { get; init; }

    /// <summary>An instruction that would mend the picture.</summary>
    public string? Repair { get; init; }

    /// <summary>The request in words that may work better.</summary>
    public string? Rewording { get; init; }

    public required string Judge { get; init; }

    /// <summary>Of drawing and judging together.</summary>
    public double Milliseconds { get; init; }

    /// <summary>Read and written by the judge; 0 where it does not say.</summary>
    public int Tokens { get; init; }

    /// <summary>In the currency of the judge's prices.</summary>
    public double? Cost { get; init; }
}

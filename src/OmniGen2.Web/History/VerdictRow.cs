using OmniGen2.Imaging;

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

    /// <summary>The first round has its job's id; the others have ids that follow from it, so that no process can draw a round twice. The same again leads back.</summary>
    public static Guid PictureOf(Guid reflection, int round)
    {
        var bytes = reflection.ToByteArray();
        bytes[^1] ^= (byte)(round - 1);
        return new Guid(bytes);
    }

    /// <param name="picture">The picture that was looked at.</param>
    /// <param name="reflection">The first round's.</param>
    /// <param name="said">As it stands in the picture's file.</param>
    public static VerdictRow Of(Guid picture, Guid reflection, PictureVerdict said) => new()
    {
        PictureId = picture,
        Reflection = reflection,
        Round = said.Round,
        Score = said.Score,
        Words = said.Words,
        Repair = said.Repair,
        Rewording = said.Rewording,
        Judge = said.Judge,
        Milliseconds = said.Milliseconds,
        Tokens = said.Tokens,
        Cost = said.Cost,
    };
}

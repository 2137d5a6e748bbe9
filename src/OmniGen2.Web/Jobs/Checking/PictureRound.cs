using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs.Checking;

/// <summary>A round of a picture that checks itself, as its drawing needs to know it.</summary>
/// <param name="Number">1 is the first.</param>
/// <param name="Picture">The id that its picture gets.</param>
public sealed record PictureRound(int Number, Guid Picture)
{
    // More than any round has steps, so that no two rounds share a mark.
    private const int QuantaApart = 10_000;

    /// <summary>The picture whose verdict led here; null for the first round.</summary>
    public PictureRow? After { get; init; }

    /// <summary>The id of a round's picture; the first one has its job's.</summary>
    public static Guid PictureOf(Guid job, int number) => VerdictRow.PictureOf(job, number);

    /// <summary>A mark for the quantum of a round.</summary>
    public static int Quantum(int number, int step) => (number - 1) * QuantaApart + step;
}

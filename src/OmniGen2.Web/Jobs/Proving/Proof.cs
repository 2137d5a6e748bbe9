using OmniGen2.Imaging;

namespace OmniGen2.Web.Jobs;

/// <summary>How a picture that was made once more compares with the first.</summary>
public enum ProofVerdict
{
    /// <summary>Every bit is the same.</summary>
    Identical,

    /// <summary>No eye tells them apart.</summary>
    Close,

    Different,
}

/// <summary>The outcome of running a picture again.</summary>
/// <param name="Verdict">In one word.</param>
/// <param name="Decibels">Peak signal to noise ratio; null where no bit differs, or where the sizes do.</param>
/// <param name="Changed">What is not as it was.</param>
/// <param name="Sentence">The same for people.</param>
public sealed record Proof(ProofVerdict Verdict, double? Decibels, IReadOnlyList<string> Changed, string Sentence)
{
    // As rounding in another order gives; a changed weight gives far less.
    private const double CloseFrom = 40;

    /// <param name="first">The picture as it is kept.</param>
    /// <param name="then">What made it; null where it does not say.</param>
    /// <param name="again">The picture as it was made now.</param>
    /// <param name="now">What made that.</param>
    public static Proof Of(RgbImage first, Provenance? then, RgbImage again, Provenance now)
    {
        List<string> changed = [.. then?.Changed(now) ?? []];
        if (then is not null && then.Pixels != Provenance.HashOf(first))
        {
            changed.Add("the file");
        }

        if (first.Width == again.Width && first.Pixels.AsSpan().SequenceEqual(again.Pixels))
        {
            return new Proof(ProofVerdict.Identical, null, changed, "Bit-identical: run again, it is the same picture in every pixel." + Also(changed));
        }

        var why = changed.Count > 0 ? $"{string.Join(" and ", changed)} changed" : then is null ? "the picture does not say what made it" : "nothing that the studio knows of changed";
        return Ratio(first, again) is { } decibels
            ? decibels >= CloseFrom
                ? new Proof(ProofVerdict.Close, decibels, changed, $"Identical within {decibels:0.0} dB: {why}.")
                : new Proof(ProofVerdict.Different, decibels, changed, $"Different ({decibels:0.0} dB): {why}.")
            : new Proof(ProofVerdict.Different, null, changed, $"Different in size, {first.Width} × {first.Height} then and {again.Width} × {again.Height} now: {why}.");
    }

    private static string Also(List<string> changed) => changed.Count == 0 ? "" : $" And that although {string.Join(" and ", changed)} changed.";

    private static double? Ratio(RgbImage first, RgbImage again)
    {
        if ((first.Width, first.Height) != (again.Width, again.Height))
        {
            return null;
        }

        var squares = first.Pixels.Zip(again.Pixels, (x, y) => (double)(x - y) * (x - y)).Average();
        return 10 * Math.Log10(255 * 255 / squares);
    }
}

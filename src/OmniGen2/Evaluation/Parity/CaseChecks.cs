using System.Numerics;

namespace OmniGen2.Evaluation.Parity;

/// <summary>Collects the comparisons of one case; goes on after a difference, so that a report names all of them.</summary>
internal sealed class CaseChecks
{
    private readonly List<ParityRecord> _records = [];

    public IReadOnlyList<ParityRecord> Records => _records;

    /// <summary>Numbers that may differ a little.</summary>
    public void Near<T>(string name, ReadOnlySpan<T> recorded, ReadOnlySpan<T> computed, Tolerance tolerance)
        where T : struct, INumber<T>
    {
        if (CheckCount(name, recorded.Length, computed.Length))
        {
            var (error, cosine, largest) = Closeness.Of(recorded, computed);
            var allowed = tolerance.Amount(largest);
            _records.Add(new ParityRecord(name, error, cosine, allowed, Share(error, allowed)));
        }
    }

    public void Near(string name, double recorded, double computed, double tolerance) =>
        Near<double>(name, [recorded], [computed], Tolerance.Within(tolerance));

    /// <summary>Numbers of a lower precision, which need to point the same way.</summary>
    /// <param name="name">The record.</param>
    /// <param name="recorded">By the original.</param>
    /// <param name="computed">Here.</param>
    /// <param name="leastCosine">Smallest cosine allowed.</param>
    /// <param name="part">Largest difference allowed, as a part of the largest magnitude; null for any.</param>
    public void Points(string name, float[] recorded, float[] computed, double leastCosine, double? part = null)
    {
        if (CheckCount(name, recorded.Length, computed.Length))
        {
            var (error, cosine, largest) = Closeness.Of<float>(recorded, computed);
            var share = Math.Max(Share(1 - cosine, 1 - leastCosine), part is null ? Share(error, double.MaxValue) : Share(error, part.Value * largest));
            _records.Add(new ParityRecord(name, error, cosine, part * largest, share) { LeastCosine = leastCosine });
        }
    }

    /// <summary>Pictures that may differ by a level here and there.</summary>
    /// <param name="name">The record.</param>
    /// <param name="recorded">By the original.</param>
    /// <param name="computed">Here.</param>
    /// <param name="levels">Largest difference allowed.</param>
    /// <param name="part">Part of the bytes that may differ at all.</param>
    public void Levels(string name, byte[] recorded, byte[] computed, int levels, double part = 1)
    {
        if (CheckCount(name, recorded.Length, computed.Length))
        {
            var (error, cosine, _) = Closeness.Of<byte>(recorded, computed);
            var differing = recorded.Zip(computed).Count(p => p.First != p.Second);
            var share = Share(differing, part * recorded.Length);
            _records.Add(error <= levels && share <= 1
                ? new ParityRecord(name, error, cosine, levels, share)
                : ParityRecord.Failed(name, error, $"{differing} of {recorded.Length} bytes differ, by up to {error} levels (allowed are {levels})"));
        }
    }

    /// <summary>Ids, positions, sizes, bytes: equal or wrong.</summary>
    public void Same<T>(string name, IEnumerable<T> recorded, IEnumerable<T> computed)
    {
        T[] wanted = [.. recorded];
        T[] found = [.. computed];
        if (!CheckCount(name, wanted.Length, found.Length))
        {
            return;
        }

        var differing = Enumerable.Range(0, wanted.Length).Where(i => !EqualityComparer<T>.Default.Equals(wanted[i], found[i])).ToList();
        if (differing is [var first, ..])
        {
            Differ(name, differing.Count, $"{differing.Count} of {wanted.Length} values differ, first [{first}]: {found[first]} instead of {wanted[first]}");
        }
        else
        {
            Agree(name);
        }
    }

    public void Same<T>(string name, T recorded, T computed)
        where T : struct
    {
        if (EqualityComparer<T>.Default.Equals(recorded, computed))
        {
            Agree(name);
        }
        else
        {
            Differ(name, 1, $"{computed} instead of {recorded}");
        }
    }

    public void Same(string name, string recorded, string computed)
    {
        if (recorded == computed)
        {
            Agree(name);
        }
        else
        {
            Differ(name, 1, $"{Quote(computed)} instead of {Quote(recorded)}");
        }
    }

    public void Fail(string name, string sentence) => Differ(name, double.NaN, sentence);

    /// <summary>Says so of every tensor of a file that nothing was compared with and nothing was computed from.</summary>
    public void Unread(RecordedFile file)
    {
        foreach (var name in file.Unread)
        {
            Fail(name, $"is recorded in {Path.GetFileName(file.Path)}, and this build does not know what to compare with it");
        }
    }

    private void Agree(string name) => _records.Add(new ParityRecord(name, 0, 1, 0, 0));

    private void Differ(string name, double error, string sentence) => _records.Add(ParityRecord.Failed(name, error, sentence));

    private bool CheckCount(string name, int recorded, int computed)
    {
        if (recorded == computed)
        {
            return true;
        }

        Fail(name, $"has {computed} values where {recorded} are recorded");
        return false;
    }

    /// <summary>Nothing uses up nothing, even of nothing; what is not a number is beyond all.</summary>
    private static double Share(double error, double allowed) => error == 0 ? 0 : error / allowed is var share && double.IsNaN(share) ? double.PositiveInfinity : share;

    private static string Quote(string text) => text.Length <= 120 ? $"'{text}'" : $"'{text[..120]}…'";
}

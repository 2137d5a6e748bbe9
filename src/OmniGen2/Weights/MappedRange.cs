namespace OmniGen2.Weights;

/// <summary>Bytes of a mapped file.</summary>
internal readonly record struct MappedRange(nint Address, long Length)
{
    public nint End => Address + (nint)Length;

    /// <summary>Sorted, with neighbours joined, so that one call serves a whole layer.</summary>
    public static IReadOnlyList<MappedRange> Join(IEnumerable<MappedRange> ranges)
    {
        var joined = new List<MappedRange>();
        foreach (var range in ranges.Where(r => r.Length > 0).OrderBy(r => r.Address))
        {
            if (joined.Count > 0 && joined[^1].End >= range.Address)
            {
                joined[^1] = joined[^1] with { Length = Math.Max(joined[^1].End, range.End) - joined[^1].Address };
            }
            else
            {
                joined.Add(range);
            }
        }

        return joined;
    }
}

namespace OmniGen2.Weights;

/// <summary>Bytes of a mapped file. Holding a range keeps its file mapped: advice about an address that meanwhile belongs to something else would be ruinous.</summary>
internal readonly record struct MappedRange(SafetensorsFile File, nint Address, long Length)
{
    public nint End => Address + (nint)Length;

    /// <summary>Sorted, with neighbours joined, so that one call serves a whole layer.</summary>
    public static IReadOnlyList<MappedRange> Join(IEnumerable<MappedRange> ranges)
    {
        var joined = new List<MappedRange>();
        foreach (var range in ranges.OrderBy(r => r.Address))
        {
            if (joined.Count > 0 && joined[^1].End >= range.Address && joined[^1].File == range.File)
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

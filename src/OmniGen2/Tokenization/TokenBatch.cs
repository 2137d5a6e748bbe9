namespace OmniGen2.Tokenization;

/// <summary>Prompts of different lengths in one rectangle, [Rows, Length] row-major; the mask is 1 on tokens and 0 on padding.</summary>
public sealed record TokenBatch(int Rows, int Length, long[] Ids, long[] Mask)
{
    /// <summary>Cuts rows to <paramref name="maxLength"/> at their end, then fills them to the longest: after the tokens, or before them for generation.</summary>
    public static TokenBatch Pad(IReadOnlyList<int[]> rows, int padId, int? maxLength = null, bool left = false)
    {
        var lengths = rows.Select(row => Math.Min(row.Length, maxLength ?? int.MaxValue)).ToArray();
        var length = lengths.DefaultIfEmpty(0).Max();
        var ids = new long[rows.Count * length];
        var mask = new long[rows.Count * length];
        Array.Fill(ids, padId);
        for (var r = 0; r < rows.Count; r++)
        {
            var start = (r * length) + (left ? length - lengths[r] : 0);
            for (var i = 0; i < lengths[r]; i++)
            {
                ids[start + i] = rows[r][i];
                mask[start + i] = 1;
            }
        }

        return new TokenBatch(rows.Count, length, ids, mask);
    }
}

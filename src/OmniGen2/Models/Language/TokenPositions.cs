using OmniGen2.Models.Vision;

namespace OmniGen2.Models.Language;

/// <summary>Where each token of a prompt stands in time, row and column: text walks along the diagonal, a picture spreads over rows and columns.</summary>
public sealed record TokenPositions(int[] Time, int[] Rows, int[] Columns)
{
    public int Count => Time.Length;

    /// <summary>Position of the token after the last one, on all three axes; a picture moves it less than its tokens would.</summary>
    public int Next => Count == 0 ? 0 : 1 + Math.Max(Time.Max(), Math.Max(Rows.Max(), Columns.Max()));

    /// <summary>One text token, as each step of decoding adds.</summary>
    public static TokenPositions Single(int position) => new([position], [position], [position]);

    /// <summary>Positions of a prompt; refuses one whose pictures do not fit its ids.</summary>
    public static TokenPositions Of(QwenPrompt prompt, QwenConfig config)
    {
        prompt.Check(config);
        var (ids, merge) = (prompt.Ids, config.Vision.MergeSize);
        var positions = new TokenPositions(new int[ids.Count], new int[ids.Count], new int[ids.Count]);
        var (token, next) = (0, 0);
        foreach (var grid in prompt.Images.Select(ImageGrid.Of))
        {
            for (; ids[token] != config.ImagePadId; token++, next++)
            {
                positions.Set(token, next, 0, 0);
            }
            var (height, width) = (grid.Rows / merge, grid.Columns / merge);
            for (var i = 0; i < height * width; i++, token++)
            {
                positions.Set(token, next, i / width, i % width);
            }
            next += Math.Max(height, width);
        }
        for (; token < ids.Count; token++, next++)
        {
            positions.Set(token, next, 0, 0);
        }
        return positions;
    }

    /// <summary>The same with tokens at the end whose position does not matter.</summary>
    internal TokenPositions PadTo(int count)
    {
        var padding = Enumerable.Repeat(1, count - Count);
        return new([.. Time, .. padding], [.. Rows, .. padding], [.. Columns, .. padding]);
    }

    // A picture stands still in time.
    private void Set(int token, int start, int row, int column)
    {
        Time[token] = start;
        Rows[token] = start + row;
        Columns[token] = start + column;
    }
}

namespace OmniGen2.Models.Vision;

/// <summary>Count windows of Length patches each, one after the other from Start.</summary>
public readonly record struct WindowRun(int Start, int Length, int Count);

/// <summary>Where every patch of a batch of pictures stands: its window, its row and column, and the order that lays windows side by side.</summary>
public sealed class VisionLayout
{
    private VisionLayout(int[] order, int[] rows, int[] columns, int[] windowStarts, int[] imageStarts)
    {
        Order = order;
        Rows = rows;
        Columns = columns;
        WindowStarts = windowStarts;
        ImageStarts = imageStarts;
        Windows = Runs(windowStarts);
        Images = Runs(imageStarts);
    }

    /// <summary>Tokens of all pictures in window order: position → number in picture order.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>Row of every patch in its picture, patches in window order.</summary>
    public IReadOnlyList<int> Rows { get; }

    public IReadOnlyList<int> Columns { get; }

    /// <summary>First patch of every window in window order, and the number of patches at the end.</summary>
    public IReadOnlyList<int> WindowStarts { get; }

    public IReadOnlyList<int> ImageStarts { get; }

    /// <summary>Neighbouring windows of equal size, to be attended to in one batch.</summary>
    public IReadOnlyList<WindowRun> Windows { get; }

    public IReadOnlyList<WindowRun> Images { get; }

    public static VisionLayout Of(IReadOnlyList<ImageGrid> grids, VisionConfig config)
    {
        var patches = grids.Sum(g => g.Patches);
        var order = new List<int>(patches / config.PatchesPerToken);
        var (rows, columns) = (new List<int>(patches), new List<int>(patches));
        var (windowStarts, imageStarts) = (new List<int> { 0 }, new List<int> { 0 });
        foreach (var grid in grids)
        {
            var first = order.Count;
            var width = grid.Columns / config.MergeSize;
            foreach (var window in WindowsOf(grid.Rows / config.MergeSize, width, config.WindowUnits))
            {
                foreach (var (row, column) in window)
                {
                    order.Add(first + (row * width) + column);
                    AddPatches(row, column);
                }
                windowStarts.Add(rows.Count);
            }
            imageStarts.Add(rows.Count);
        }
        return new VisionLayout([.. order], [.. rows], [.. columns], [.. windowStarts], [.. imageStarts]);

        void AddPatches(int row, int column)
        {
            for (var i = 0; i < config.PatchesPerToken; i++)
            {
                rows.Add((row * config.MergeSize) + (i / config.MergeSize));
                columns.Add((column * config.MergeSize) + (i % config.MergeSize));
            }
        }
    }

    /// <summary>Windows row by row; those at the right and lower edge are cut off.</summary>
    private static IEnumerable<IEnumerable<(int Row, int Column)>> WindowsOf(int height, int width, int side) =>
        from top in Steps(height, side)
        from left in Steps(width, side)
        select from row in Enumerable.Range(top, Math.Min(side, height - top))
               from column in Enumerable.Range(left, Math.Min(side, width - left))
               select (row, column);

    private static IEnumerable<int> Steps(int end, int step) => Enumerable.Range(0, (end + step - 1) / step).Select(i => i * step);

    private static List<WindowRun> Runs(int[] starts)
    {
        var runs = new List<WindowRun>();
        foreach (var (start, end) in starts.Zip(starts.Skip(1)))
        {
            if (runs.Count > 0 && runs[^1].Length == end - start)
            {
                runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
            }
            else
            {
                runs.Add(new WindowRun(start, end - start, 1));
            }
        }
        return runs;
    }
}

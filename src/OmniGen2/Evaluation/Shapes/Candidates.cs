using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>What an object could be by the outline of its region alone: shape, size and centre.</summary>
internal static class Candidates
{
    private const int Most = 7;
    private const float WithinBest = .25f;

    public static IReadOnlyList<Candidate> Of(Region region)
    {
        var best = new Dictionary<(Shape, ObjectSize, int, int), Candidate>();
        foreach (var template in Template.All)
        {
            foreach (var (x, y) in Centres(region.Box, template.Box))
            {
                var candidate = new Candidate(template.Shape, template.Size, x, y, template.Overlap(region, x, y));
                var place = (template.Shape, template.Size, x, y);
                if (!best.TryGetValue(place, out var known) || known.Overlap < candidate.Overlap)
                {
                    best[place] = candidate;
                }
            }
        }

        var sorted = best.Values.OrderByDescending(each => each.Overlap).Take(Most).ToArray();
        return [.. sorted.Where(each => each.Overlap >= sorted[0].Overlap - WithinBest)];
    }

    /// <summary>The four whole positions around the one that lays box on box.</summary>
    private static IEnumerable<(int X, int Y)> Centres(Box region, Box template)
    {
        var (x, y) = (region.MiddleX - template.MiddleX, region.MiddleY - template.MiddleY);
        return
            from column in new[] { (int)MathF.Floor(x), (int)MathF.Ceiling(x) }.Distinct()
            from row in new[] { (int)MathF.Floor(y), (int)MathF.Ceiling(y) }.Distinct()
            select (column, row);
    }
}

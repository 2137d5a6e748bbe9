namespace OmniGen2.Web.Jobs.Fair;

/// <summary>
/// How wide a band must be for most promises to hold: as wide as the last ones would have needed. What was promised against what came says how much
/// others will ask for in between as well as how well the work itself is known.
/// </summary>
public sealed class EstimateBands
{
    /// <summary>So many of the last promises count.</summary>
    public const int Looked = 50;

    // Of ten promises one may end before its band and hardly one after it: late is worse.
    private const double Early = 0.08;
    private const double Late = 0.94;

    // Where nothing is known yet; a few of them stay, so that luck does not make a band too narrow.
    private static readonly double[] Supposed = [0.7, 0.85, 0.95, 1, 1, 1.05, 1.15, 1.3, 1.6];

    private readonly Lock _lock = new();
    private readonly Dictionary<bool, Queue<double>> _ratios = new() { [false] = [], [true] = [] };

    /// <summary>A promise was graded.</summary>
    /// <param name="isInteractive">Of a job that overtakes.</param>
    /// <param name="expected">The end as calculated, in seconds after it was asked for.</param>
    /// <param name="came">The end as it came.</param>
    public void Learn(bool isInteractive, double expected, double came)
    {
        lock (_lock)
        {
            var ratios = _ratios[isInteractive];
            ratios.Enqueue(came / Math.Max(expected, 1e-6));
            if (ratios.Count > Looked)
            {
                ratios.Dequeue();
            }
        }
    }

    public TimeBand Around(bool isInteractive, double expected)
    {
        lock (_lock)
        {
            var ratios = _ratios[isInteractive].Concat(Supposed).Order().ToList();
            return new TimeBand(expected * Quantile(ratios, Early), expected * Quantile(ratios, Late));
        }
    }

    private static double Quantile(List<double> sorted, double part)
    {
        var at = part * (sorted.Count - 1);
        var below = (int)at;
        return below + 1 < sorted.Count ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}

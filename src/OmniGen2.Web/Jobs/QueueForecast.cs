using OmniGen2.Web.Jobs.Fair;

namespace OmniGen2.Web.Jobs;

/// <summary>When the jobs of the queue will begin and end, as of one moment: bands in seconds from then.</summary>
public sealed class QueueForecast
{
    private readonly LineForecast _line;
    private readonly EstimateBands _bands;

    internal QueueForecast(LineForecast line, EstimateBands bands, DateTimeOffset at) => (_line, _bands, At) = (line, bands, at);

    public DateTimeOffset At { get; }

    /// <summary>Null for a job that stands still, and where nobody can say.</summary>
    public TimeBand? StartOf(Job job) => Around(job, x => x.Start);

    public TimeBand? EndOf(Job job) => Around(job, x => x.End);

    /// <summary>When the last job of these ends; null where nobody can say for all of them.</summary>
    public TimeBand? EndOf(IEnumerable<Job> jobs)
    {
        TimeBand? last = null;
        foreach (var job in jobs)
        {
            if (EndOf(job) is not { } end)
            {
                return null;
            }

            last = last is { } x && x.High >= end.High ? x : end;
        }

        return last;
    }

    /// <summary>As calculated, without a band.</summary>
    internal Expected? Expected(Job job) => _line.HasTimes && _line.Expected.TryGetValue(job.Id, out var expected) ? expected : null;

    private TimeBand? Around(Job job, Func<Expected, double> moment) =>
        Expected(job) is { } expected ? _bands.Around(job.IsInteractive, moment(expected)) : null;
}

/// <summary>The line played forward.</summary>
/// <param name="Expected">By job; without those that stand still.</param>
/// <param name="HasTimes">False: some job is of a kind that was never measured, and only the order means something.</param>
internal sealed record LineForecast(IReadOnlyDictionary<Guid, Expected> Expected, bool HasTimes);

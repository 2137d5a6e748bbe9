using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Components.Pages.Queue;

/// <summary>Why a job does not run yet, and when it will, in sentences.</summary>
public sealed class WaitReason(QueueState state, QueueForecast forecast, JobOwners owners, JobSight sight)
{
    private const int Named = 2;

    /// <summary>"2nd, after one of Amara’s (short work goes first)."</summary>
    public string Why(Job job)
    {
        if (job.IsBeforeAll)
        {
            return "Before everybody’s, as an administrator wished.";
        }

        var ahead = state.Ahead(job) ?? 0;
        var before = state.AtWork.Concat(state.Waiting).Take(ahead).ToList();
        return before.TrueForAll(x => x.Owner == job.Owner)
            ? ahead switch
            {
                0 => "Starts now.",
                1 when state.Running is { } running && sight.Sees(running) => $"Next, after “{QueueEntry.Short(running.Request.Words)}”.",
                1 => "Next.",
                _ => $"{Ordinal(ahead + 1)}, after {ahead} others.",
            }
            : $"{Ordinal(ahead + 1)}, after {Listed(job, before)}.";
    }

    /// <summary>"Starts in 20–30 s, done in 80–95 s."; empty where nobody can say.</summary>
    /// <param name="jobs">That stand together.</param>
    public string When(IReadOnlyList<Job> jobs) =>
        forecast.StartOf(jobs[0]) is { } start && forecast.EndOf(jobs) is { } end
            ? start.High < 1 ? $"Takes its turn at once, done in {Duration.Text(end)}." : $"Starts in {Duration.Text(start)}, done in {Duration.Text(end)}."
            : "";

    private static string Ordinal(int number) => $"{number}" + ((number % 100 is >= 11 and <= 13 ? 0 : number % 10) switch
    {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    });

    /// <summary>"2 of yours, one of Amara’s (short work goes first) and 3 others".</summary>
    private string Listed(Job job, List<Job> before)
    {
        var own = before.Count(x => x.Owner == job.Owner);
        var others = before.Where(x => x.Owner != job.Owner).GroupBy(x => x.Owner).Select(x => x.ToList()).ToList();
        var parts = others.Take(Named).Select(x => Of(job, x)).ToList();
        if (own > 0)
        {
            parts.Insert(0, job.Owner is { } owner && owner != Asker.Current.Id ? $"{own} of {owners.NameOf(owner)}’s own" : $"{own} of yours");
        }

        if (others.Skip(Named).Sum(x => x.Count) is > 0 and var rest)
        {
            parts.Add(rest == 1 ? "1 other" : $"{rest} others");
        }

        return parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";
    }

    private string Of(Job job, List<Job> theirs)
    {
        var whose = theirs[0].Owner is not { } owner ? "the studio’s" : owner == Asker.Current.Id ? "yours" : $"{owners.NameOf(owner)}’s";
        var what = theirs.Count == 1 ? $"one of {whose}" : $"{theirs.Count} of {whose}";
        var isShort = !job.IsInteractive && theirs.TrueForAll(x => x.IsInteractive);
        return (isShort, theirs.Exists(state.IsAtWork)) switch
        {
            _ when theirs.Exists(x => x.IsBeforeAll) => $"{what} (an administrator put it first)",
            (true, _) => $"{what} (short work goes first)",
            (_, true) => $"{what} (they take turns)",
            _ => $"{what} (who had the model less of late)",
        };
    }
}

using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs.Fair;

/// <summary>When a job will begin and end, in seconds from now, if nothing further comes.</summary>
public readonly record struct Expected(double Start, double End);

/// <summary>One piece of work that waits or is under way.</summary>
/// <param name="Id">The job's.</param>
/// <param name="Work">Seconds of the model that are left of it.</param>
/// <param name="IsInteractive">It overtakes.</param>
/// <param name="Shape">Equal for those that may go side by side; null for what goes alone.</param>
public sealed record ForecastJob(Guid Id, double Work, bool IsInteractive, object? Shape = null);

/// <summary>A person's work, in the order in which it is done.</summary>
/// <param name="Weight">Twice the weight, twice the time.</param>
/// <param name="Used">Where the person stands (<see cref="FairShare.Standings"/>).</param>
/// <param name="Jobs">At least one.</param>
public sealed record ForecastPerson(double Weight, double Used, IReadOnlyList<ForecastJob> Jobs);

/// <summary>
/// Plays the sharing forward. Quanta are taken as endlessly small: those who had the model least share it by their weights until they have caught up
/// with the next, and interactive work goes first. Of what goes side by side each gets an equal part of its person's time.
/// </summary>
public sealed class Forecast
{
    private const double Least = 1e-9;

    private readonly QueueOptions _options;
    private readonly int _most;
    private readonly List<Lane> _lanes;
    private readonly Dictionary<Guid, Expected> _expected = [];
    private readonly Dictionary<Guid, double> _begun = [];
    private double _now;

    private Forecast(IEnumerable<ForecastPerson> people, QueueOptions options, int most) =>
        (_options, _most, _lanes) = (options, most, [.. people.Select(x => new Lane(x))]);

    /// <param name="people">All who have work.</param>
    /// <param name="options">How they share.</param>
    /// <param name="first">What goes before all of that, in order.</param>
    /// <param name="most">How many may go side by side.</param>
    public static IReadOnlyDictionary<Guid, Expected> Of(IEnumerable<ForecastPerson> people, QueueOptions options, IEnumerable<ForecastJob>? first = null, int most = 1)
    {
        var forecast = new Forecast(people, options, most);
        foreach (var job in first ?? [])
        {
            var begin = forecast._now;
            forecast._now += job.Work;
            forecast._expected[job.Id] = new Expected(begin, forecast._now);
        }

        while (forecast._lanes.Count > 0)
        {
            forecast.Advance();
        }

        return forecast._expected;
    }

    /// <summary>To the next moment at which somebody else gets the model, or a job ends.</summary>
    private void Advance()
    {
        var least = _lanes.Min(x => x.Used);
        var all = _lanes.Sum(x => x.Person.Weight);
        double Room(Lane lane) => FairShare.Lead(_options, lane.Person.Weight, all) - ((lane.Used - least) * lane.Person.Weight);
        if (_lanes.Where(x => x.Job.IsInteractive && Room(x) > Least).MinBy(x => x.Used) is { } first)
        {
            Spend([first], Math.Min(first.UntilNext(1), Room(first)), 1);
            return;
        }

        var together = _lanes.FindAll(x => x.Used <= least + Least);
        var front = Front(together);
        var weights = together.Sum(x => x.Person.Weight);
        var level = _lanes.Except(together).Select(x => x.Used - least).DefaultIfEmpty(double.PositiveInfinity).Min();
        var rise = Math.Min(level, together.Min(x => x.UntilNext(front) / x.Person.Weight));
        Spend(together, rise * weights, front);
    }

    /// <summary>How many of each person's jobs go side by side: nobody's while somebody waits for an answer, and all of one shape.</summary>
    private int Front(List<Lane> together) =>
        _lanes.Exists(x => x.Job.IsInteractive) || together.Exists(x => x.Job.Shape is null || !x.Job.Shape.Equals(together[0].Job.Shape)) ? 1 : Math.Max(1, _most / together.Count);

    private void Spend(List<Lane> lanes, double seconds, int front)
    {
        var weights = lanes.Sum(x => x.Person.Weight);
        lanes.ForEach(lane => lane.Front(front).ForEach(x => _begun.TryAdd(x.Id, _now)));
        _now += seconds;
        foreach (var lane in lanes)
        {
            lane.Used += seconds / weights;
            foreach (var job in lane.Spend(seconds * lane.Person.Weight / weights, front))
            {
                _expected[job.Id] = new Expected(_begun[job.Id], _now);
            }
        }

        _lanes.RemoveAll(x => x.IsDone);
    }

    /// <summary>A person on the way through their jobs.</summary>
    private sealed class Lane(ForecastPerson person)
    {
        // Jobs are taken from the end, which costs nothing however many there are.
        private readonly List<(ForecastJob Job, double Left)> _jobs = [.. person.Jobs.Reverse().Select(x => (x, Math.Max(x.Work, 2 * Least)))];

        public ForecastPerson Person => person;

        public double Used { get; set; } = person.Used;

        public bool IsDone => _jobs.Count == 0;

        public ForecastJob Job => _jobs[^1].Job;

        /// <summary>The first jobs that go side by side.</summary>
        public List<ForecastJob> Front(int most) => [.. _jobs[^Count(most)..].Select(x => x.Job)];

        /// <summary>Seconds of this person until one of them is done.</summary>
        public double UntilNext(int most)
        {
            var count = Count(most);
            return count * _jobs[^count..].Min(x => x.Left);
        }

        /// <summary>Goes on with them; returns those that are done.</summary>
        public List<ForecastJob> Spend(double seconds, int most)
        {
            var count = Count(most);
            var done = new List<ForecastJob>();
            for (var i = _jobs.Count - count; i < _jobs.Count; i++)
            {
                _jobs[i] = (_jobs[i].Job, _jobs[i].Left - (seconds / count));
            }

            for (var i = _jobs.Count - 1; count > 0; i--, count--)
            {
                if (_jobs[i].Left <= Least)
                {
                    done.Add(_jobs[i].Job);
                    _jobs.RemoveAt(i);
                }
            }

            return done;
        }

        private int Count(int most)
        {
            var count = 1;
            while (count < Math.Min(most, _jobs.Count) && Job.Shape is { } shape && shape.Equals(_jobs[^(count + 1)].Job.Shape))
            {
                count++;
            }

            return count;
        }
    }
}

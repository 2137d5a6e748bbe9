using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs.Fair;

/// <summary>When a job will begin and end, in seconds from now, if nothing further comes.</summary>
public readonly record struct Expected(double Start, double End);

/// <summary>One piece of work that waits or is under way.</summary>
/// <param name="Id">The job's.</param>
/// <param name="Work">Seconds of the model that are left of it.</param>
/// <param name="IsInteractive">It overtakes.</param>
public sealed record ForecastJob(Guid Id, double Work, bool IsInteractive);

/// <summary>A person's work, in the order in which it is done.</summary>
/// <param name="Weight">Twice the weight, twice the time.</param>
/// <param name="Used">Where the person stands (<see cref="FairShare.Standings"/>).</param>
/// <param name="Jobs">At least one.</param>
public sealed record ForecastPerson(double Weight, double Used, IReadOnlyList<ForecastJob> Jobs);

/// <summary>
/// Plays the sharing forward. Quanta are taken as endlessly small: those who had the model least share it by their weights until they have caught up
/// with the next, and interactive work goes first.
/// </summary>
public sealed class Forecast
{
    private const double Least = 1e-9;

    private readonly QueueOptions _options;
    private readonly List<Lane> _lanes;
    private readonly Dictionary<Guid, Expected> _expected = [];
    private readonly Dictionary<Guid, double> _begun = [];
    private double _now;

    private Forecast(IEnumerable<ForecastPerson> people, QueueOptions options) => (_options, _lanes) = (options, [.. people.Select(x => new Lane(x))]);

    /// <param name="people">All who have work.</param>
    /// <param name="options">How they share.</param>
    /// <param name="first">What goes before all of that, in order.</param>
    public static IReadOnlyDictionary<Guid, Expected> Of(IEnumerable<ForecastPerson> people, QueueOptions options, IEnumerable<ForecastJob>? first = null)
    {
        var forecast = new Forecast(people, options);
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
            Spend([first], Math.Min(first.Left, Room(first)));
            return;
        }

        var together = _lanes.FindAll(x => x.Used <= least + Least);
        var weights = together.Sum(x => x.Person.Weight);
        var level = _lanes.Except(together).Select(x => x.Used - least).DefaultIfEmpty(double.PositiveInfinity).Min();
        var rise = Math.Min(level, together.Min(x => x.Left / x.Person.Weight));
        Spend(together, rise * weights);
    }

    private void Spend(List<Lane> lanes, double seconds)
    {
        var weights = lanes.Sum(x => x.Person.Weight);
        lanes.ForEach(x => _begun.TryAdd(x.Job.Id, _now));
        _now += seconds;
        foreach (var lane in lanes)
        {
            lane.Used += seconds / weights;
            lane.Left -= seconds * lane.Person.Weight / weights;
            if (lane.Left <= Least)
            {
                _expected[lane.Job.Id] = new Expected(_begun[lane.Job.Id], _now);
                lane.Next();
            }
        }

        _lanes.RemoveAll(x => x.IsDone);
    }

    /// <summary>A person on the way through their jobs.</summary>
    private sealed class Lane
    {
        private int _index;

        public Lane(ForecastPerson person)
        {
            (Person, Used) = (person, person.Used);
            Left = Math.Max(Job.Work, 2 * Least);
        }

        public ForecastPerson Person { get; }

        public double Used { get; set; }

        public double Left { get; set; }

        public bool IsDone => _index == Person.Jobs.Count;

        public ForecastJob Job => Person.Jobs[_index];

        public void Next()
        {
            _index++;
            Left = IsDone ? 0 : Math.Max(Job.Work, 2 * Least);
        }
    }
}

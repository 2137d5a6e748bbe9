using OmniGen2.Web.Jobs;
using OmniGen2.Web.Jobs.Fair;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Tests.Jobs.Fair;

/// <summary>What the line is expected to do, and how often that comes true.</summary>
public sealed class ForecastTests
{
    private static readonly Guid A = Guid.NewGuid();
    private static readonly Guid B = Guid.NewGuid();
    private static readonly Guid C = Guid.NewGuid();

    [Fact]
    public void One_person_has_one_job_after_the_other() =>
        Assert.Equal([new(0, 10), new(10, 15)], Of(Person(1, 0, (A, 10), (B, 5)), A, B));

    [Fact]
    public void Two_people_share_until_one_is_done() =>
        Assert.Equal([new(0, 20), new(0, 30)], Of([Person(1, 0, (A, 10)), Person(1, 0, (B, 20))], A, B));

    [Fact]
    public void Twice_the_weight_is_done_twice_as_fast() =>
        Assert.Equal([new(0, 15), new(0, 20)], Of([Person(2, 0, (A, 10)), Person(1, 0, (B, 10))], A, B));

    [Fact]
    public void Who_had_more_waits_until_the_other_has_caught_up() =>
        Assert.Equal([new(0, 25), new(5, 30)], Of([Person(1, 0, (A, 15)), Person(1, 5, (B, 15))], A, B));

    [Fact]
    public void Interactive_work_goes_first_as_far_as_its_lead_goes()
    {
        var people = new[] { Person(1, 0, (A, 30)), new ForecastPerson(1, 0, [new ForecastJob(B, 4, IsInteractive: true), new ForecastJob(C, 6, IsInteractive: false)]) };
        Assert.Equal([new(4, 40), new(0, 4), new(8, 20)], Of(people, A, B, C));
    }

    [Fact]
    public void Of_what_twenty_people_were_promised_four_of_five_come_true()
    {
        var promises = new Promises(seed: 1);
        promises.Run(TimeSpan.FromSeconds(900));
        Assert.InRange(promises.Graded, 500, int.MaxValue);
        Assert.InRange(promises.Held, 0.8, 1);
        Assert.InRange(promises.MiddleWidth, 0, 1.5);
    }

    private static ForecastPerson Person(double weight, double used, params (Guid Id, double Work)[] jobs) =>
        new(weight, used, [.. jobs.Select(x => new ForecastJob(x.Id, x.Work, IsInteractive: false))]);

    private static List<Expected> Of(ForecastPerson person, params Guid[] jobs) => Of([person], jobs);

    private static List<Expected> Of(ForecastPerson[] people, params Guid[] jobs)
    {
        var expected = Forecast.Of(people, new QueueOptions());
        return [.. jobs.Select(x => new Expected(Math.Round(expected[x].Start, 6), Math.Round(expected[x].End, 6)))];
    }

    /// <summary>
    /// People come and go as they like, each at a pace of their own and one with 500 jobs at once; what each job will cost is known to a quarter. Every
    /// promise is graded as the studio does it.
    /// </summary>
    private sealed class Promises
    {
        private readonly Random _random;
        private readonly Simulation _simulation = new();
        private readonly EstimateBands _bands = new();
        private readonly Dictionary<Job, double> _errors = [];
        private readonly Dictionary<Job, (TimeSpan At, double End, TimeBand Band)> _promised = [];
        private readonly List<(bool Held, double Width)> _grades = [];

        public Promises(int seed)
        {
            _random = new Random(seed);
            _simulation.CostOf = x => _simulation.Left(x).TotalSeconds * _errors.GetValueOrDefault(x, 1);
            _simulation.Ended = Grade;
        }

        public int Graded => _grades.Count;

        public double Held => _grades.Count(x => x.Held) / (double)Graded;

        /// <summary>Of the bands, as part of what was promised.</summary>
        public double MiddleWidth => _grades.Select(x => x.Width).Order().ElementAt(Graded / 2);

        public void Run(TimeSpan until)
        {
            foreach (var person in Enumerable.Range(1, 19).Select(x => $"person {x:00}"))
            {
                Later(person, TimeSpan.FromSeconds(_random.NextDouble() * 60));
            }

            _simulation.At(TimeSpan.FromSeconds(200), () => Promise([.. Enumerable.Range(0, 500).SelectMany(_ => _simulation.Pictures("adversary", 1_000))]));
            _simulation.Run(until);
        }

        private void Later(string person, TimeSpan when) => _simulation.At(when, () =>
        {
            Promise(_random.Next(5) switch
            {
                0 or 1 => [_simulation.Chat(person, _random.Next(50, 400))],
                2 => _simulation.Pictures(person, _random.Next(300, 1_500), references: 1),
                _ => _simulation.Pictures(person, _random.Next(300, 1_500), _random.Next(1, 9)),
            });
            Later(person, when + TimeSpan.FromSeconds(20 + (_random.NextDouble() * 100)));
        });

        private void Promise(IReadOnlyList<Job> jobs)
        {
            foreach (var job in jobs)
            {
                _errors[job] = 0.75 + (_random.NextDouble() / 2);
            }

            var expected = _simulation.Line.Forecast([]).Expected;
            foreach (var job in jobs)
            {
                var end = expected[job.Id].End;
                _promised[job] = (_simulation.Time.Now, end, _bands.Around(job.IsInteractive, end));
            }
        }

        private void Grade(Job job)
        {
            var (at, end, band) = _promised[job];
            var came = (_simulation.Time.Now - at).TotalSeconds;
            _grades.Add((came >= band.Low && came <= band.High, (band.High - band.Low) / end));
            _bands.Learn(job.IsInteractive, end, came);
        }
    }
}

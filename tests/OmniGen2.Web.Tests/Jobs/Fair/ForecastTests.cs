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
    public void Equal_pictures_side_by_side_end_together_and_the_next_joins_when_one_is_done()
    {
        var person = new ForecastPerson(1, 0, [Shaped(A, 10), Shaped(B, 20), Shaped(C, 30)]);
        Assert.Equal([new(0, 20), new(0, 40), new(20, 60)], Of([person], 2, A, B, C));
        Assert.Equal([new(0, 10), new(10, 30), new(30, 60)], Of([person], 1, A, B, C));
    }

    [Fact]
    public void Another_shape_goes_alone_and_places_are_shared_among_people()
    {
        var person = new ForecastPerson(1, 0, [Shaped(A, 10), new ForecastJob(B, 10, IsInteractive: false, "other"), Shaped(C, 10)]);
        Assert.Equal([new(0, 10), new(10, 20), new(20, 30)], Of([person], 4, A, B, C));
        var two = new[] { new ForecastPerson(1, 0, [Shaped(A, 10), Shaped(B, 10)]), new ForecastPerson(1, 0, [Shaped(C, 10)]) };
        Assert.Equal([new(0, 20), new(20, 30), new(0, 20)], Of(two, 2, A, B, C));
    }

    [Fact]
    public void Nobody_goes_along_while_somebody_waits_for_an_answer()
    {
        // The answer has used up its lead and goes on in shares.
        var people = new[] { new ForecastPerson(1, 0, [Shaped(A, 10), Shaped(B, 10)]), new ForecastPerson(1, 0, [new ForecastJob(C, 1_000, IsInteractive: true)]) };
        var expected = Of(people, 4, A, B, C);
        Assert.True(expected[0].End < expected[1].Start + 1e-3, $"{expected[0]} {expected[1]}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Batch_ends_as_was_foretold(int most)
    {
        var simulation = new Simulation { Lanes = new Lanes(most, _ => new LaneShape(64, 64, "", 2)) };
        simulation.CostOf = x => simulation.Left(x).TotalSeconds;
        var batch = simulation.Pictures("ada", steps: 100, count: 6).ToList();
        simulation.Run(Simulation.Step);                  // the line learns how many go side by side
        var expected = simulation.Line.Forecast([]).Expected;
        simulation.Run(TimeSpan.FromSeconds(2));
        Assert.All(batch, x => Assert.InRange(simulation.Seen[x].Ended!.Value.TotalSeconds - expected[x.Id].End, -0.01, 0.01));
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

    private static ForecastJob Shaped(Guid id, double work) => new(id, work, IsInteractive: false, "picture");

    private static List<Expected> Of(ForecastPerson person, params Guid[] jobs) => Of([person], jobs);

    private static List<Expected> Of(ForecastPerson[] people, params Guid[] jobs) => Of(people, 1, jobs);

    private static List<Expected> Of(ForecastPerson[] people, int most, params Guid[] jobs)
    {
        var expected = Forecast.Of(people, new QueueOptions(), most: most);
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

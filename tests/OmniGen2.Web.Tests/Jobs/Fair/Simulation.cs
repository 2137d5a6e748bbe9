using OmniGen2.Web.Jobs;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Tests.Jobs.Fair;

/// <summary>
/// The real line in front of a model that takes a millisecond a step, on a virtual clock. It counts who had the model in every second, how long anybody
/// with work stood still, and when each job began and ended.
/// </summary>
internal sealed class Simulation
{
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly PriorityQueue<Action, TimeSpan> _arrivals = new();
    private readonly Dictionary<Job, int> _left = [];
    private readonly Dictionary<string, int> _jobs = [];
    private readonly Dictionary<string, TimeSpan> _served = [];
    private readonly List<Dictionary<string, double>> _seconds = [];
    private long _place;

    public Simulation(Func<string?, double>? weightOf = null, QueueOptions? options = null) =>
        Line = new JobLine(options ?? new QueueOptions(), Time, weightOf ?? (_ => 1), x => CostOf(x));

    public VirtualTime Time { get; } = new();

    public JobLine Line { get; }

    /// <summary>How many pictures go side by side; each still takes its own time.</summary>
    public Lanes Lanes { get; init; } = Lanes.One;

    /// <summary>When each job did its first step and was done.</summary>
    public Dictionary<Job, (TimeSpan Began, TimeSpan? Ended)> Seen { get; } = [];

    /// <summary>Who did each of the last steps.</summary>
    public List<Job> Log { get; } = [];

    /// <summary>The longest that a person with work stood still.</summary>
    public Dictionary<string, TimeSpan> Waited { get; } = [];

    /// <summary>What a job is thought to cost.</summary>
    public Func<Job, double?> CostOf { get; set; } = _ => null;

    /// <summary>Called when a job has ended.</summary>
    public Action<Job> Ended { get; set; } = _ => { };

    /// <summary>Lets something happen later.</summary>
    public void At(TimeSpan when, Action what) => _arrivals.Enqueue(what, when);

    /// <summary>A person asks for pictures of so many steps each.</summary>
    public IReadOnlyList<Job> Pictures(string person, int steps, int count = 1, int references = 0) =>
        [.. Enumerable.Range(1, count).Select(number => Add(person, steps, new PictureRequest
        {
            Generation = new GenerationRequest { Prompt = person, Steps = steps },
            Count = count,
            Number = number,
            References = [.. Enumerable.Range(0, references).Select(_ => new Reference(Guid.Empty))],
        }))];

    public Job Chat(string person, int tokens) => Add(person, tokens, new AnswerRequest { Turns = [new ThreadTurn(ChatRole.User, "hello")] });

    /// <summary>How much of a stretch of time a person had the model, 0 … 1.</summary>
    public double Share(string person, int fromSecond, int seconds) =>
        _seconds.Skip(fromSecond).Take(seconds).Sum(x => x.GetValueOrDefault(person)) / seconds;

    /// <summary>Of a job.</summary>
    public TimeSpan Left(Job job) => _left.GetValueOrDefault(job) * Step;

    public bool HasWork(string person) => _jobs.GetValueOrDefault(person) > 0;

    public void Run(TimeSpan until)
    {
        while (Time.Now < until)
        {
            while (_arrivals.TryPeek(out var arrival, out var at) && at <= Time.Now)
            {
                _arrivals.Dequeue();
                arrival();
            }

            if (Line.Next(Lanes) is { } turn)
            {
                turn.Aside.ToList().ForEach(Line.PutBack);
                Do(turn.Job!);
                turn.With.ToList().ForEach(Do);
            }
            else
            {
                Count(null);
                Time.Advance(Step);
            }
        }
    }

    private Job Add(string person, int steps, JobRequest request)
    {
        var job = new Job(Guid.NewGuid(), request, Time.GetUtcNow()) { Owner = person, Place = ++_place };
        _left[job] = steps;
        if (!HasWork(person))
        {
            _served[person] = Time.Now;
        }

        _jobs[person] = _jobs.GetValueOrDefault(person) + 1;
        Line.Add(job);
        return job;
    }

    private void Do(Job job)
    {
        var person = job.Owner!;
        Log.Add(job);
        Seen.TryAdd(job, (Time.Now, null));
        Waited[person] = new[] { Waited.GetValueOrDefault(person), Time.Now - _served[person] }.Max();
        Count(person);
        Time.Advance(Step);
        _served[person] = Time.Now;
        Line.Charge(job, Step);
        if (--_left[job] == 0)
        {
            _left.Remove(job);
            _jobs[person]--;
            Line.Ended(job);
            Seen[job] = (Seen[job].Began, Time.Now);
            Ended(job);
        }
    }

    private void Count(string? person)
    {
        while (_seconds.Count <= (int)Time.Now.TotalSeconds)
        {
            _seconds.Add([]);
        }

        if (person is not null)
        {
            var second = _seconds[(int)Time.Now.TotalSeconds];
            second[person] = second.GetValueOrDefault(person) + Step.TotalSeconds;
        }
    }
}

using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs;

/// <summary>How many seconds of the model a job takes, by what such jobs took of late. Reads what was measured when the model is ready, and learns on.</summary>
public sealed class JobCosts(ModelHost model, PictureSpeed speed, IDbContextFactory<HistoryDb> history) : BackgroundService
{
    private const int Looked = 40;

    // What a picture that checks itself takes, in pictures drawn once, where none was made yet: a second round is more often needed than not.
    private const double SupposedRounds = 2;

    private readonly Lock _lock = new();
    private Queue<(double Cost, double Seconds)> _pictures = [];
    private Queue<double> _answers = [];
    private readonly Queue<double> _rounds = [];
    private readonly Dictionary<double, double?> _estimated = [];

    /// <summary>Null where nothing like it was done yet, or the model is not known.</summary>
    public double? Of(Job job)
    {
        lock (_lock)
        {
            return (job.Request, model.Info) switch
            {
                (PictureRequest { Kind: PictureKind.Step }, _) => 0,
                (PictureRequest { Reflection: not null } request, { } info) => Picture(job, request, info) * Middle(_rounds, SupposedRounds),
                (PictureRequest request, { } info) => Picture(job, request, info),
                (AnswerRequest, _) => _answers.Count > 0 ? Middle(_answers, 0) : null,
                _ => null,
            };
        }
    }

    /// <summary>What is left of a job that may have begun.</summary>
    public double? LeftOf(Job job)
    {
        if (Of(job) is not { } all)
        {
            return null;
        }

        var (step, steps) = job.Latest switch
        {
            JobUpdate.Working { Round: 1 } work => (work.Step, work.Steps),
            JobUpdate.Queued { Step: > 0 } done => (done.Step, done.Steps),
            _ => (0, 0),
        };
        var isPicture = job.Picture is { Reflection: null };
        return steps > 0 && isPicture ? all * (1 - ((double)step / (steps + 1))) : Math.Max(all - job.Work.TotalSeconds, all / 10);
    }

    /// <summary>A job has ended by itself.</summary>
    public void Learn(Job job)
    {
        var seconds = job.Work.TotalSeconds;
        lock (_lock)
        {
            switch (job.Request, model.Info)
            {
                case (PictureRequest { Kind: PictureKind.Step } or PictureRequest { From: not null }, _):
                    break;
                case (PictureRequest { Reflection: not null } request, { } info):
                    if (Picture(job, request, info) is { } once and > 0)
                    {
                        Add(_rounds, seconds / once);
                    }

                    break;
                case (PictureRequest request, { } info):
                    Add(_pictures, (CostOf(job, request, info), seconds));
                    _estimated.Clear();
                    break;
                case (AnswerRequest, _):
                    Add(_answers, seconds);
                    break;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await model.Watch(stoppingToken).FirstAsync(x => x is ModelState.Ready, stoppingToken);
        var pictures = (await speed.Of(model.Info!.Name, stoppingToken)).Pictures;
        await using var db = await history.CreateDbContextAsync(stoppingToken);
        var answers = await db.Jobs.AsNoTracking()
            .Where(x => x.Kind == JobKind.Answer && x.State == JobState.Done && x.WorkMilliseconds > 0)
            .OrderByDescending(x => x.FinishedAt).Take(Looked).Select(x => x.WorkMilliseconds / 1000).ToListAsync(stoppingToken);
        lock (_lock)
        {
            _estimated.Clear();
            _pictures = new(pictures.Reverse().Concat(_pictures));
            _answers = new(Enumerable.Reverse(answers).Concat(_answers));
        }
    }

    private static double Middle(Queue<double> values, double otherwise) => values.Count == 0 ? otherwise : values.Order().ElementAt(values.Count / 2);

    private static void Add<T>(Queue<T> values, T value)
    {
        values.Enqueue(value);
        if (values.Count > Looked)
        {
            values.Dequeue();
        }
    }

    private double? Picture(Job job, PictureRequest request, ModelInfo info)
    {
        var cost = CostOf(job, request, info);
        if (!_estimated.TryGetValue(cost, out var seconds))
        {
            _estimated[cost] = seconds = new MeasuredSpeed([.. _pictures]).Estimate(cost)?.Middle;
        }

        return seconds;
    }

    /// <summary>The line is played forward often, and this never changes.</summary>
    private static double CostOf(Job job, PictureRequest request, ModelInfo info) => job.Cost ??= PictureCost.Of(request, info);
}

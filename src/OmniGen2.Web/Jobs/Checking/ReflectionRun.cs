using OmniGen2.Imaging;
using OmniGen2.Reflection;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Jobs.Checking;

/// <summary>
/// A picture that checks itself, in rounds: draw, judge, go on from the verdict. Pictures and verdicts are written as they come and are all the state
/// there is beside the saved step of the round that is being drawn, so another process goes on wherever one ended.
/// </summary>
internal sealed class ReflectionRun : IJobRun
{
    private const int JudgingMark = 5_000;

    private readonly Job _job;
    private readonly PictureRequest _asked;
    private readonly IPipeline _pipeline;
    private readonly JobRuns _services;
    private readonly IJudge _judge;
    private readonly ReflectionLoop _loop;
    private readonly List<Round> _rounds = [];
    private RoundPlan? _plan;
    private PictureRun? _drawing;
    private IEnumerator<Verdict?>? _judging;
    private TimeSpan _judged;

    public ReflectionRun(Job job, PictureRequest asked, IPipeline pipeline, JobRuns services)
    {
        (_job, _asked, _pipeline, _services) = (job, asked, pipeline, services);
        _judge = services.Judges.Of(pipeline);
        _loop = new ReflectionLoop(asked.Words, asked.Generation.Seed, services.Judges.Settings(pipeline.Info), asked.Reflection!);
        _judged = job.Work;
        foreach (var row in services.Verdicts.Rounds(job.Id))
        {
            _rounds.Add(new Round(_loop.Plan(_rounds), VerdictOf(row)));
        }
    }

    public bool Advance()
    {
        if (_judging is not null)
        {
            Think(_judging);
        }
        else if (_drawing is null)
        {
            return Begin();
        }
        else if (!_drawing.Advance())
        {
            _drawing.Finish();
            Drawn(_plan!);
        }

        return true;
    }

    public JobUpdate Finish() => new JobUpdate.Done(BestPicture());

    public JobUpdate Stop(bool keep)
    {
        if (!keep)
        {
            _services.Verdicts.Discard([.. Enumerable.Range(1, _rounds.Count + 1).Select(x => PictureRound.PictureOf(_job.Id, x))]);
            return new JobUpdate.Stopped();
        }

        if (_rounds.Count == 0 && _plan is null)
        {
            Begin();
        }

        // What was drawn whole wins over the half of a later round.
        return _rounds.Count == 0 && _drawing is not null ? _drawing.Stop(keep: true) : new JobUpdate.Stopped(Kept: true) { Picture = BestPicture() };
    }

    public void Save() => _drawing?.Save();

    public void Dispose()
    {
        _drawing?.Dispose();
        _judging?.Dispose();
    }

    /// <summary>The next round, or the judging that an earlier process did not come to. False when no round follows.</summary>
    private bool Begin()
    {
        _plan = _loop.Next(_rounds, _services.WorkOn(_job));
        if (_plan is null)
        {
            return false;
        }

        if (_services.Verdicts.Picture(PictureRound.PictureOf(_job.Id, _plan.Number)) is not null)
        {
            Drawn(_plan);
            return true;
        }

        var after = _plan.After is { } number ? Picture(number) : null;
        _drawing = new PictureRun(_job, Request(_plan, after), _pipeline, _services, new PictureRound(_plan.Number, PictureRound.PictureOf(_job.Id, _plan.Number)) { After = after });
        return true;
    }

    /// <summary>What the round asks of the model: the request anew, or a change of an earlier round's picture.</summary>
    private PictureRequest Request(RoundPlan plan, PictureRow? after)
    {
        var request = _asked with { Reflection = null, Generation = _asked.Generation with { Prompt = plan.Prompt, Seed = plan.Seed } };
        if (!plan.IsEdit || after is null)
        {
            return request;
        }

        var guidance = _asked.References.Count == 0 ? _pipeline.Info.EditTextGuidance : _asked.Generation.TextGuidance;
        return request with { Kind = null, References = [Reference.To(after)], Generation = request.Generation with { TextGuidance = guidance } };
    }

    /// <summary>The round's picture is kept, and with it nothing is left to go on from.</summary>
    private void Drawn(RoundPlan plan)
    {
        _drawing?.Dispose();
        _drawing = null;
        _services.States.Delete(_job.Id);
        _job.HasBegun = true;
        _services.Mark(_job, PictureRound.Quantum(plan.Number, JudgingMark));
        var file = _services.Images.FileOf(Picture(plan.Number)) ?? throw new ModelException($"The file of round {plan.Number} is gone: start again.");
        var picture = ImageFile.Open(file);
        _job.Preview.Show(picture);
        var steps = _asked.Generation.Steps;
        _job.Publish(new JobUpdate.Working(JobPhase.Judging, steps, steps) { Round = plan.Number, Preview = _job.Preview.Version });
        _judging = _judge.Judge(new JudgedPicture(_asked.Words, picture) { References = _services.References.Read(_asked).Images }).GetEnumerator();
    }

    private void Think(IEnumerator<Verdict?> judging)
    {
        if (Next(judging) is { } verdict)
        {
            judging.Dispose();
            _judging = null;
            Judged(_plan!, verdict);
        }
    }

    /// <summary>Null while the judge thinks.</summary>
    private static Verdict? Next(IEnumerator<Verdict?> judging)
    {
        try
        {
            return judging.MoveNext() ? judging.Current : Verdict.Without("The judge ended without a word.");
        }
        catch (ModelException refused)
        {
            // A request that is too long for the judge, for one: the picture is none the worse for it.
            return Verdict.Without(refused.Message);
        }
    }

    private void Judged(RoundPlan plan, Verdict verdict)
    {
        var spent = _services.WorkOn(_job) - _judged;
        _rounds.Add(new Round(plan, verdict));
        var said = new PictureVerdict
        {
            Round = plan.Number,
            Score = verdict.Score,
            Words = verdict.Words,
            Repair = verdict.Repair,
            Rewording = verdict.Rewording,
            Judge = _judge.Name,
            Milliseconds = spent.TotalMilliseconds,
            Tokens = verdict.Tokens,
            Cost = verdict.Cost,
        };
        _services.Unless(_job, "The verdict", () => _services.Images.Judge(Picture(plan.Number), said));
        _services.Verdicts.Add(VerdictRow.Of(PictureRound.PictureOf(_job.Id, plan.Number), _job.Id, said), ReflectionLoop.Best(_rounds)!.Plan.Number);
        _judged += spent;
        _services.Worked(_job);
        _plan = null;
    }

    private PictureRow Picture(int round) => _services.Verdicts.Picture(PictureRound.PictureOf(_job.Id, round)) ?? throw new ModelException($"The picture of round {round} is gone: start again.");

    private Guid BestPicture() => PictureRound.PictureOf(_job.Id, ReflectionLoop.Best(_rounds)?.Plan.Number ?? 1);

    private static Verdict VerdictOf(VerdictRow row) => new() { Score = row.Score, Words = row.Words, Repair = row.Repair, Rewording = row.Rewording };
}

using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Tests.Team;

/// <summary>What an administrator does to the jobs of others, and what is seen of jobs of others.</summary>
public sealed class QueueCareTests : IAsyncLifetime
{
    private readonly FakePipeline _pipeline = FakePipeline.Held();
    private TeamStudio _team = default!;
    private PersonRow _mira = default!;
    private PersonRow _li = default!;
    private PersonRow _amara = default!;

    private QueueCare Care => _team.Service<QueueCare>();

    private JobQueue Queue => _team.Studio.Queue;

    public async Task InitializeAsync()
    {
        _team = new TeamStudio(_pipeline);
        _mira = await _team.Add("Mira", Role.Administrator);
        _li = await _team.Add("Li Wei", Role.Member);
        _amara = await _team.Add("Amara", Role.Member);
    }

    public async Task DisposeAsync() => await _team.DisposeAsync();

    [Fact]
    public async Task Job_that_is_stopped_says_why_to_its_owner_and_stands_in_the_log_without_words()
    {
        await Running();
        var job = await Job(_li, "a secret logo");
        Assert.Contains("Say why", (await Assert.ThrowsAsync<ModelException>(() => As(_mira, () => Care.Stop([job], " ")))).Message, StringComparison.Ordinal);
        Assert.Contains("301 characters", (await Assert.ThrowsAsync<ModelException>(() => As(_mira, () => Care.Stop([job], new string('x', 301))))).Message, StringComparison.Ordinal);
        Assert.Equal(1, await As(_mira, () => Care.Stop([job], "<b>the demo</b> needs the model.")));
        Assert.IsType<JobUpdate.Stopped>(await job.Completion());

        var row = (await As(_li, () => _team.Service<JobStore>().Find(job.Id, default)))!;
        Assert.Equal((JobState.Stopped, "Stopped by Mira: <b>the demo</b> needs the model."), (row.State, row.Message));
        var notice = Assert.Single(await As(_li, () => _team.Service<Notices>().Mine(default)));
        Assert.Equal((NoticeKind.Queue, _mira.Id), (notice.Kind, notice.FromId));
        Assert.Contains("a secret logo", notice.Text, StringComparison.Ordinal);
        Assert.Contains("the demo", notice.Text, StringComparison.Ordinal);
        var log = (await As(_mira, () => _team.Service<AuditLog>().Latest(null, 10, default))).First(x => x.Action == AuditAction.JobStopped);
        Assert.Contains("Li Wei", log.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", log.Subject, StringComparison.Ordinal);
        Assert.Equal(0, await As(_mira, () => Care.Stop([job], "again")));
    }

    [Fact]
    public async Task Others_than_administrators_neither_stop_nor_move_what_is_not_theirs()
    {
        await Running();
        var job = await Job(_li, "waiting");
        await Assert.ThrowsAsync<ModelException>(() => As(_amara, () => Care.Stop([job], "mine is more important")));
        await Assert.ThrowsAsync<ModelException>(() => As(_amara, () => Care.Move([job], JobMove.Down, "mine is more important")));
        await Assert.ThrowsAsync<ModelException>(() => Asker.As(Sessions.Of(_amara), () => Care.Halt(true)));
        await Assert.ThrowsAsync<ModelException>(() => As(_li, () => Queue.Move(job.Id, JobMove.BeforeAll)));
        Assert.False(await As(_amara, () => Queue.Move(job.Id, JobMove.First)));
        Assert.Contains(job, Queue.State.Waiting);
    }

    [Fact]
    public async Task Job_that_is_put_before_everybodys_runs_next_and_its_owner_is_told()
    {
        var running = await Running();
        var others = await Job(_amara, "of Amara");
        var first = await Job(_li, "the first of Li");
        var last = await Job(_li, "the last of Li");
        Assert.True(await As(_mira, () => Care.Move([last], JobMove.BeforeAll, "the demo is at three")));
        Assert.Same(last, Queue.State.Waiting[0]);
        Assert.True((await As(_li, () => _team.Service<JobStore>().Find(last.Id, default)))!.Place < 0);
        Assert.Contains("before the jobs of everybody", Assert.Single(await As(_li, () => _team.Service<Notices>().Mine(default))).Text, StringComparison.Ordinal);
        // Its owner cannot hand the place on to another one.
        await As(_li, () => Queue.Move(first.Id, JobMove.First));
        Assert.Same(last, Queue.State.Waiting[0]);

        _pipeline.Open();
        foreach (var job in (Job[])[running, others, first, last])
        {
            Assert.IsType<JobUpdate.Done>(await job.Completion());
        }

        var log = _pipeline.Log.ToList();
        Assert.True(log.IndexOf("the last of Li:8") < log.IndexOf("of Amara:0"));
    }

    [Fact]
    public async Task Words_and_address_of_anothers_job_are_seen_when_it_is_shared_and_only_then()
    {
        var job = await Job(_li, "a secret logo");
        Assert.Equal("private", await As(_amara, () => Task.FromResult(Queue.Sight().WordsOf(job))));
        Assert.Null(await As(_amara, () => Task.FromResult(Queue.Sight().AddressOf(job))));
        Assert.Equal("private", await As(_mira, () => Task.FromResult(Queue.Sight().WordsOf(job))));

        await As(_li, async () =>
        {
            await _team.Service<Shares>().With(new ShareSubject(ShareKind.Picture, job.Id), _amara.Id);
            return true;
        });
        Assert.Equal("a secret logo", await As(_amara, () => Task.FromResult(Queue.Sight().WordsOf(job))));
        Assert.Equal($"watch/{job.Id}", await As(_amara, () => Task.FromResult(Queue.Sight().AddressOf(job))));
        Assert.Equal("private", await As(_mira, () => Task.FromResult(Queue.Sight().WordsOf(job))));
        Assert.Equal($"pictures/{job.Id}", await As(_li, () => Task.FromResult(Queue.Sight().AddressOf(job))));
    }

    private static Task<T> As<T>(PersonRow person, Func<Task<T>> work) => Asker.As(Sessions.Of(person), work);

    private Task<Job> Job(PersonRow owner, string words) => As(owner, () => Queue.Enqueue(TestStudio.Request(words)));

    /// <summary>A job that keeps the model busy, so that others wait.</summary>
    private async Task<Job> Running()
    {
        var job = await Job(_amara, "running");
        await Queue.Watch().FirstAsync(x => x.IsAtWork(job));
        return job;
    }
}

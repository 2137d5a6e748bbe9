using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Jobs.Checking;
using static OmniGen2.Web.Tests.Jobs.Checking.FakeJudge;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs.Checking;

/// <summary>Pictures that check themselves outlive the process wherever it ends.</summary>
public sealed class ReflectionRestartTests
{
    private static readonly (string, string) SaveEveryStep = ("Studio:CheckpointSeconds", "0");

    [Fact]
    public async Task Round_goes_on_with_its_next_step_and_the_pixels_are_those_of_an_undisturbed_run()
    {
        using var disk = new TemporaryFolder();
        var held = FakePipeline.Held(new FakeJudge(Says(12)).Answer);
        await using var studio = await Start(held, disk, SaveEveryStep);
        var job = await ReflectionTests.InSecondRound(studio, held);
        using var left = disk.Snapshot();

        var second = new FakePipeline { Answer = new FakeJudge(Says(24)).Answer };
        await using var next = await Start(second, left);
        await next.AllDone();
        Assert.Equal(["a red circle:0", "a red circle:4"], second.Log.Take(2));
        Assert.Equal([(1, false), (2, true)], ReflectionTests.Rounds(next, job).Select(x => (x.Round, x.IsBest)));
        Assert.Equal(2, (await next.Images.Latest(10, default)).Count);
        Assert.Equal(JobState.Done, (await next.Row(job.Id)).State);
        Assert.Equal(await Undisturbed(), next.Pixels((await next.Images.Find(PictureRound.PictureOf(job.Id, 2), default))!));
    }

    [Fact]
    public async Task Picture_that_was_not_yet_judged_is_judged_and_not_drawn_again()
    {
        using var disk = new TemporaryFolder();
        var held = FakePipeline.Held(new FakeJudge(Says(24)).Answer);
        await using var studio = await Start(held, disk, SaveEveryStep);
        var job = await ReflectionTests.Reflect(studio);
        held.Allow(10);
        await job.Watch().FirstAsync(x => x is JobUpdate.Working { Phase: JobPhase.Judging });
        using var left = disk.Snapshot();

        var second = new FakePipeline { Answer = new FakeJudge(Says(24)).Answer };
        await using var next = await Start(second, left);
        await next.AllDone();
        Assert.Equal(["judge:0"], second.Log);
        Assert.Equal(24, Assert.Single(ReflectionTests.Rounds(next, job)).Score);
        Assert.Equal(JobState.Done, (await next.Row(job.Id)).State);
    }

    [Fact]
    public async Task Job_that_only_had_to_end_ends_without_another_round()
    {
        using var disk = new TemporaryFolder();
        Guid id;
        await using (var studio = await Start(new FakePipeline { Answer = new FakeJudge(Says(24)).Answer }, disk))
        {
            var job = await ReflectionTests.Reflect(studio);
            await job.Completion();
            id = job.Id;
            await studio.Change(db => Task.FromResult(db.Jobs.Single(x => x.Id == id).State = JobState.Running));
        }

        var pipeline = new FakePipeline();
        await using var next = await Start(pipeline, disk);
        await next.AllDone();
        Assert.Empty(pipeline.Log);
        Assert.Equal(JobState.Done, (await next.Row(id)).State);
    }

    [Fact]
    public async Task Halted_job_goes_on_and_can_be_stopped_with_its_best_while_it_waits()
    {
        var held = FakePipeline.Held(new FakeJudge(Says(12)).Answer);
        await using var studio = await Start(held);
        var job = await ReflectionTests.InSecondRound(studio, held);
        await studio.Queue.Halt(QueuePart.All);
        held.Allow(1);
        await job.Watch().FirstAsync(x => x is JobUpdate.Queued);
        Assert.True(studio.Queue.Stop(job.Id));
        Assert.Equal(new JobUpdate.Stopped(Kept: true) { Picture = job.Id }, await job.Completion());
    }

    private static async Task<byte[]> Undisturbed()
    {
        await using var studio = await Start(new FakePipeline { Answer = new FakeJudge(Says(12), Says(24)).Answer });
        var job = await ReflectionTests.Reflect(studio);
        var done = Assert.IsType<JobUpdate.Done>(await job.Completion());
        return studio.Pixels((await studio.Images.Find(done.PictureId, default))!);
    }
}

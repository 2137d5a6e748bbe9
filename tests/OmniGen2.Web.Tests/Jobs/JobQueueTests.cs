using OmniGen2.Web.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs;

public sealed class JobQueueTests
{
    [Fact]
    public async Task Job_ends_with_a_picture_that_bears_its_id()
    {
        await using var studio = await Start(new FakePipeline());
        var job = await studio.Queue.Enqueue(Request());
        Assert.Equal(new JobUpdate.Done(job.Id), await job.Completion());
        Assert.Equal(job.Id, Assert.Single(await studio.Images.Latest(10, default)).Id);
    }

    [Fact]
    public async Task Jobs_run_in_the_order_in_which_they_came()
    {
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline);
        var jobs = new[] { await studio.Queue.Enqueue(Request("one")), await studio.Queue.Enqueue(Request("two")), await studio.Queue.Enqueue(Request("three")) };
        await Task.WhenAll(jobs.Select(x => x.Completion()));
        Assert.Equal(["one", "two", "three"], pipeline.Log.Select(x => x.Split(':')[0]).Distinct());
    }

    [Fact]
    public async Task Job_stopped_while_waiting_never_reaches_the_model()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var first = await studio.Queue.Enqueue(Request("first"));
        var second = await studio.Queue.Enqueue(Request("second"));
        Assert.True(studio.Queue.Stop(second.Id));
        Assert.IsType<JobUpdate.Stopped>(await second.Completion());
        pipeline.Open();
        Assert.IsType<JobUpdate.Done>(await first.Completion());
        Assert.DoesNotContain(pipeline.Log, x => x.StartsWith("second", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Job_thrown_away_while_running_ends_within_a_step()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var job = await studio.Queue.Enqueue(Request(steps: 50));
        pipeline.Allow(4);
        await job.Reaches(step: 3);
        Assert.True(studio.Queue.Discard(job.Id));
        pipeline.Allow(1);
        Assert.Equal(new JobUpdate.Stopped(Kept: false), await job.Completion());
        Assert.InRange(pipeline.Log.Count, 4, 5);
        Assert.Empty(await studio.Images.Latest(1, default));
        Assert.False(studio.Queue.Discard(job.Id));
    }

    [Fact]
    public async Task Job_of_another_kind_of_end_leaves_no_saved_state()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline, folder: null, ("Studio:CheckpointSeconds", "0"));
        var job = await studio.Queue.Enqueue(Request(steps: 50));
        pipeline.Allow(4);
        await job.Reaches(step: 3);
        Assert.Single(Directory.GetFiles(studio.Folder.States));
        studio.Queue.Discard(job.Id);
        pipeline.Allow(1);
        await job.Completion();
        Assert.Empty(Directory.GetFileSystemEntries(studio.Folder.States));
    }

    [Fact]
    public async Task Request_that_cannot_be_drawn_is_refused_before_it_waits()
    {
        await using var studio = await Start(new FakePipeline());
        await studio.ModelReady();
        var refusal = await Assert.ThrowsAsync<ModelException>(() => studio.Queue.Enqueue(Request() with { Width = 100 }));
        Assert.Equal("Width 100 is not a multiple of 16: use 96 or 112.", refusal.Message);
        Assert.Empty(studio.Queue.State.Waiting);
    }

    [Fact]
    public async Task Line_that_is_full_refuses_with_both_numbers()
    {
        await using var studio = await Start(FakePipeline.Held(), folder: null, ("Studio:MaxWaiting", "2"));
        var running = await studio.Queue.Enqueue(Request());
        await studio.Begun(running);
        await studio.Queue.Enqueue(Request());
        await studio.Queue.Enqueue(Request());
        var refusal = await Assert.ThrowsAsync<ModelException>(() => studio.Queue.Enqueue(Request()));
        Assert.StartsWith("2 jobs are waiting and at most 2 may", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_tells_who_runs_and_how_many_are_ahead()
    {
        await using var studio = await Start(FakePipeline.Held());
        var jobs = new List<Job> { await studio.Queue.Enqueue(Request()) };
        await studio.Begun(jobs[0]);
        jobs.Add(await studio.Queue.Enqueue(Request()));
        jobs.Add(await studio.Queue.Enqueue(Request()));
        var state = studio.Queue.State;
        Assert.Equal([0, 1, 2], jobs.Select(x => state.Ahead(x)));
    }

    [Fact]
    public async Task A_hundred_jobs_from_ten_threads_are_all_drawn_once()
    {
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline);
        var jobs = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => studio.Queue.Enqueue(Request($"p{i}", steps: 2)))));
        Assert.All(await Task.WhenAll(jobs.Select(x => x.Completion())), x => Assert.IsType<JobUpdate.Done>(x));
        Assert.Equal(100, (await studio.Images.Latest(1000, default)).Count);
        Assert.Equal(100, pipeline.Log.Count(x => x.EndsWith(":2", StringComparison.Ordinal)));
    }
}

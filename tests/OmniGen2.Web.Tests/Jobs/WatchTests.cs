using OmniGen2.Web.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs;

public sealed class WatchTests
{
    [Fact]
    public async Task Watcher_sees_phases_steps_and_the_end_in_order()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var job = await studio.Queue.Enqueue(Request(steps: 3));
        var seen = new List<JobUpdate>();
        await foreach (var update in job.Watch())
        {
            seen.Add(update);
            pipeline.Allow(1);
        }

        Assert.IsType<JobUpdate.Done>(seen[^1]);
        var steps = seen.OfType<JobUpdate.Working>().Select(x => x.Step).ToList();
        Assert.Equal(steps.Order(), steps);
        Assert.Contains(3, steps);
        Assert.All(seen.OfType<JobUpdate.Working>(), x => Assert.Equal(3, x.Steps));
    }

    [Fact]
    public async Task Slow_watcher_misses_steps_but_not_the_end()
    {
        await using var studio = await Start(new FakePipeline());
        var job = await studio.Queue.Enqueue(Request(steps: 200));
        await using var slow = job.Watch().GetAsyncEnumerator();
        await slow.MoveNextAsync();
        var end = await job.Completion();
        var seen = new List<JobUpdate>();
        while (await slow.MoveNextAsync())
        {
            seen.Add(slow.Current);
        }

        Assert.Equal(end, Assert.Single(seen));
    }

    [Fact]
    public async Task Who_comes_late_sees_the_latest_at_once()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var job = await studio.Queue.Enqueue(Request());
        pipeline.Allow(4);
        await job.Reaches(step: 3);
        var seen = await job.Watch().FirstAsync();
        Assert.Equal(3, Assert.IsType<JobUpdate.Working>(seen).Step);
    }

    [Fact]
    public async Task Who_leaves_is_forgotten_and_the_job_goes_on()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var job = await studio.Queue.Enqueue(Request());
        using var closed = new CancellationTokenSource();
        var watching = job.Completion(closed.Token);
        await closed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        pipeline.Open();
        Assert.IsType<JobUpdate.Done>(await job.Completion());
    }

    [Fact]
    public async Task Every_step_has_a_preview_of_its_own_and_the_latest_wins()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var job = await studio.Queue.Enqueue(Request());
        Assert.Null(job.Preview.Render());
        var frames = new List<PreviewFrame>();
        for (var step = 1; step <= 3; step++)
        {
            pipeline.Allow(step == 1 ? 2 : 1);
            await job.Reaches(step);
            frames.Add(job.Preview.Render()!);
        }

        Assert.Equal([1, 2, 3], frames.Select(x => x.Version));
        Assert.Equal(3, frames.Select(x => Convert.ToBase64String(x.Jpeg)).Distinct().Count());
        Assert.Same(frames[2], job.Preview.Render());
    }

    [Fact]
    public async Task Pace_and_time_left_are_told_once_two_steps_are_done()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var job = await studio.Queue.Enqueue(Request());
        pipeline.Allow(2);
        await job.Reaches(step: 1);
        Assert.Null(((JobUpdate.Working)job.Latest).Left);
        pipeline.Allow(1);
        await job.Reaches(step: 2);
        var working = (JobUpdate.Working)job.Latest;
        Assert.True(working.StepsPerSecond > 0);
        Assert.True(working.Left > TimeSpan.Zero);
    }
}

using OmniGen2.Web.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs;

/// <summary>Pictures of one shape that wait are drawn side by side, and each stays a job of its own.</summary>
public sealed class TogetherTests
{
    private static readonly (string, string) Always = ("Queue:Together", "always");
    private static readonly (string, string) SaveEveryStep = ("Studio:CheckpointSeconds", "0");

    [Fact]
    public async Task Those_that_wait_take_their_steps_in_turn_up_to_as_many_as_may()
    {
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline, folder: null, Always);
        var jobs = await EnqueueAll(studio, Request("a"), Request("b"), Request("c"), Request("d"), Request("e"));
        await studio.AllDone();
        Assert.All(jobs, x => Assert.IsType<JobUpdate.Done>(x.Latest));
        var rounds = Enumerable.Range(0, 9).SelectMany(step => (string[])[$"a:{step}", $"b:{step}", $"c:{step}", $"d:{step}"]);
        Assert.Equal(rounds.Concat(["a:9", "b:9", "c:9", "d:9"]).Concat(Enumerable.Range(0, 10).Select(step => $"e:{step}")), pipeline.Log);
        Assert.Equal(Enumerable.Repeat(4, 7), pipeline.Together);
    }

    [Fact]
    public async Task Each_picture_is_that_of_a_studio_in_which_it_goes_alone()
    {
        var requests = Enumerable.Range(1, 3).Select(x => Request($"p{x}", steps: 5 + x, seed: x)).ToArray();
        Assert.Equal(await Pixels(("Queue:Together", "never")), await Pixels(Always));

        async Task<IReadOnlyList<byte[]>> Pixels((string, string) together)
        {
            await using var studio = await Start(new FakePipeline(), folder: null, together);
            var jobs = await EnqueueAll(studio, requests);
            await studio.AllDone();
            return await Pictures(studio, jobs);
        }
    }

    [Fact]
    public async Task Who_comes_while_another_draws_joins_at_the_next_step()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline, folder: null, Always);
        var first = await studio.Queue.Enqueue(Request("a", steps: 200));
        pipeline.Allow(4);
        await first.Reaches(step: 3);
        var second = await studio.Queue.Enqueue(Request("b"));
        pipeline.Open();
        await second.Completion();
        await first.Completion();
        var log = pipeline.Log.ToList();
        Assert.InRange(log.IndexOf("b:0"), 0, log.IndexOf("a:6"));
        Assert.InRange(log.IndexOf("b:8"), 0, log.IndexOf("a:14"));
    }

    [Theory]
    [InlineData("Streamed", "streamed", true)]
    [InlineData("All", "streamed", false)]
    [InlineData("Streamed", "never", false)]
    public async Task Only_where_it_is_set_to(string residency, string together, bool expected)
    {
        var pipeline = new FakePipeline { Info = new FakePipeline().Info with { Residency = residency } };
        await using var studio = await Start(pipeline, folder: null, ("Queue:Together", together));
        await EnqueueAll(studio, Request("a"), Request("b"));
        await studio.AllDone();
        Assert.Equal(expected, !pipeline.Together.IsEmpty);
    }

    [Fact]
    public async Task Order_stays_and_another_shape_goes_alone()
    {
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline, folder: null, Always, ("Queue:Lanes", "3"));
        await EnqueueAll(studio, Request("a"), Request("b"), Request("wide") with { Width = 128 }, Request("c"), Request("d") with { Cache = new CacheOptions.TaylorSeer() });
        await studio.AllDone();
        Assert.Equal(["a", "b", "a", "b"], pipeline.Log.Take(4).Select(x => x.Split(':')[0]));
        Assert.Equal(["wide", "c", "d"], pipeline.Log.Skip(20).Select(x => x.Split(':')[0]).Distinct());
        Assert.All(pipeline.Together, x => Assert.Equal(2, x));
        Assert.Equal(7, pipeline.Together.Count);
    }

    [Fact]
    public async Task One_that_fails_ends_alone()
    {
        var pipeline = new FakePipeline { Fault = (request, step) => request.Prompt == "b" && step == 3 ? new ModelException("as if") : null };
        await using var studio = await Start(pipeline, folder: null, Always);
        var jobs = await EnqueueAll(studio, Request("a"), Request("b"), Request("c"));
        await studio.AllDone();
        Assert.Equal(new JobUpdate.Failed("as if"), jobs[1].Latest);
        Assert.Equal([true, false, true], jobs.Select(x => x.Latest is JobUpdate.Done));
        Assert.Equal([3, 3, 2, 2, 2, 2, 2], pipeline.Together);
    }

    [Fact]
    public async Task What_fails_for_all_sends_each_on_alone()
    {
        var pipeline = new FakePipeline { TogetherFault = new InvalidOperationException("as if") };
        await using var studio = await Start(pipeline, folder: null, Always);
        var jobs = await EnqueueAll(studio, Request("a"), Request("b"));
        await studio.AllDone();
        Assert.NotEmpty(pipeline.Together);
        Assert.All(jobs, x => Assert.IsType<JobUpdate.Done>(x.Latest));
    }

    [Fact]
    public async Task One_is_stopped_and_one_skipped_and_the_others_go_on()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline, folder: null, Always);
        var jobs = await EnqueueAll(studio, Request("a"), Request("b"), Request("c"), Request("d"));
        pipeline.Allow(12);
        await jobs[3].Reaches(step: 2);
        studio.Queue.Stop(jobs[1].Id);
        studio.Queue.Discard(jobs[2].Id);
        pipeline.Open();
        await studio.AllDone();
        Assert.Equal(new JobUpdate.Stopped(Kept: true), jobs[1].Latest);
        Assert.Equal(new JobUpdate.Stopped(Kept: false), jobs[2].Latest);
        Assert.All([jobs[0], jobs[3]], x => Assert.IsType<JobUpdate.Done>(x.Latest));
        Assert.Equal(jobs[1].Id, Assert.Single(await studio.Images.Latest(10, default), x => x.IsPartial).Id);
    }

    [Fact]
    public async Task Halted_queue_puts_all_of_them_back_after_their_step_and_they_go_on_with_the_next()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline, folder: null, Always);
        var jobs = await EnqueueAll(studio, Request("a"), Request("b"));
        pipeline.Allow(6);
        await jobs[1].Reaches(step: 2);
        await studio.Queue.Halt(QueuePart.All);
        pipeline.Open();
        await studio.Queue.Watch().FirstAsync(x => x.AtWork.Count == 0 && x.Waiting.Count == 2);
        Assert.All(jobs, x => Assert.InRange(Assert.IsType<JobUpdate.Queued>(x.Latest).Step, 2, 3));
        await studio.Queue.Resume(QueuePart.All);
        await studio.AllDone();
        Assert.All(jobs, x => Assert.IsType<JobUpdate.Done>(x.Latest));
        Assert.All(["a", "b"], name => Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], pipeline.Log.Where(x => x.StartsWith(name, StringComparison.Ordinal)).Select(x => x[^1] - '0').Where(x => x > 0)));
    }

    [Fact]
    public async Task Those_that_a_crash_interrupts_go_on_alone_to_the_same_pixels()
    {
        using var disk = new TemporaryFolder();
        GenerationRequest[] requests = [Request("a"), Request("b", seed: 2), Request("c", seed: 3)];
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline, disk, Always, SaveEveryStep);
        var jobs = await EnqueueAll(studio, requests);
        pipeline.Allow(15);
        await jobs[2].Reaches(step: 4);
        using var left = disk.Snapshot();

        var second = new FakePipeline();
        await using var next = await Start(second, left, ("Queue:Together", "never"));
        await next.AllDone();
        Assert.DoesNotContain("a:3", second.Log);
        await using var undisturbed = await Start(new FakePipeline());
        var expected = await EnqueueAll(undisturbed, requests);
        await undisturbed.AllDone();
        Assert.Equal(await Pictures(undisturbed, expected), await Pictures(next, jobs));
    }

    /// <summary>The row of a job that a process ended at says so; what it does alone cannot end the others.</summary>
    [Fact]
    public async Task One_that_a_process_ended_at_goes_alone()
    {
        using var disk = new TemporaryFolder();
        await using (var studio = await Start(FakePipeline.Held(), disk))
        {
            var jobs = await EnqueueAll(studio, Request("a"), Request("b"), Request("c"));
            await studio.Change(async db => (await db.Jobs.FindAsync(jobs[1].Id))!.Crashes = 1);
        }

        var pipeline = new FakePipeline();
        await using var next = await Start(pipeline, disk, Always);
        await next.AllDone();
        Assert.Empty(pipeline.Together);
    }

    private static async Task<IReadOnlyList<byte[]>> Pictures(TestStudio studio, IReadOnlyList<Job> jobs)
    {
        var pictures = await studio.Images.Find([.. jobs.Select(x => x.Id)], default);
        return [.. jobs.Select(x => studio.Pixels(pictures[x.Id]))];
    }

    /// <summary>So that none begins before all are there.</summary>
    private static async Task<IReadOnlyList<Job>> EnqueueAll(TestStudio studio, params GenerationRequest[] requests)
    {
        await studio.Queue.Halt(QueuePart.All);
        var jobs = new List<Job>();
        foreach (var request in requests)
        {
            jobs.Add(await studio.Queue.Enqueue(request));
        }

        await studio.Queue.Resume(QueuePart.All);
        return jobs;
    }
}

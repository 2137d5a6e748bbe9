using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs;

/// <summary>What is promised, kept, and graded.</summary>
public sealed class EstimateTests
{
    [Fact]
    public async Task Nothing_is_promised_before_anything_was_measured()
    {
        await using var studio = await Start(new FakePipeline());
        await studio.ModelReady();
        var job = await studio.Queue.Enqueue(Request());
        await job.Completion();
        Assert.Empty(studio.Service<EstimateStore>().Last(50));
    }

    [Fact]
    public async Task Promise_is_kept_with_the_job_and_graded_when_it_ends()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        await Measured(studio, pipeline);
        var job = await studio.Queue.Enqueue(Request("second"));
        Assert.NotNull(studio.Queue.Forecast().EndOf(job));
        pipeline.Allow(100);
        await job.Completion();
        var graded = Assert.Single(studio.Service<EstimateStore>().Last(50));
        Assert.Equal(job.Id, graded.Id);
        Assert.NotEqual(EstimateOutcome.Open, graded.Outcome);
        Assert.InRange(graded.Started!.Value, 0, graded.Ended!.Value);
        Assert.Equal(job.Work.TotalSeconds, graded.Worked!.Value, tolerance: 1e-6);
        Assert.InRange(graded.End, graded.EndLow, graded.EndHigh);
    }

    [Fact]
    public async Task Promise_that_a_person_made_void_is_not_graded()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        await Measured(studio, pipeline);
        var stopped = await studio.Queue.Enqueue(Request("stopped"));
        var paused = await studio.Queue.Enqueue(Request("paused"));
        await studio.Queue.Halt(QueuePart.All);
        studio.Queue.Discard(stopped.Id);
        await studio.Queue.Resume(QueuePart.All);
        pipeline.Allow(100);
        await Task.WhenAll(stopped.Completion(), paused.Completion());
        Assert.Empty(studio.Service<EstimateStore>().Last(50));
    }

    [Fact]
    public async Task Later_job_is_told_to_begin_when_the_one_before_it_ends()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        await Measured(studio, pipeline);
        await studio.Queue.Halt(QueuePart.All);
        await studio.Queue.Resume(QueuePart.All);
        var jobs = new[] { await studio.Queue.Enqueue(Request("one")), await studio.Queue.Enqueue(Request("two")) };
        var forecast = studio.Queue.Forecast();
        Assert.Equal(forecast.EndOf(jobs[0]), forecast.StartOf(jobs[1]));
        Assert.True(forecast.EndOf(jobs[1])!.Value.Low > forecast.StartOf(jobs[1])!.Value.Low);
    }

    /// <summary>One picture was drawn, so that there is something to go by.</summary>
    private static async Task Measured(TestStudio studio, FakePipeline pipeline)
    {
        await studio.ModelReady();
        var first = await studio.Queue.Enqueue(Request("first"));
        pipeline.Allow(10);
        await first.Completion();
    }
}

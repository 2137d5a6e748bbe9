using Microsoft.Data.Sqlite;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs;

public sealed class FaultTests
{
    [Fact]
    public async Task Fault_of_the_model_is_told_in_its_own_words_and_the_next_job_runs()
    {
        var pipeline = new FakePipeline { Fault = (request, step) => request.Prompt == "bad" && step == 3 ? new ModelException("No such colour.") : null };
        await using var studio = await Start(pipeline);
        var bad = await studio.Queue.Enqueue(Request("bad"));
        var good = await studio.Queue.Enqueue(Request("good"));
        Assert.Equal(new JobUpdate.Failed("No such colour."), await bad.Completion());
        Assert.IsType<JobUpdate.Done>(await good.Completion());
        Assert.Equal(("No such colour.", JobState.Failed), ((await studio.Row(bad.Id)).Message, (await studio.Row(bad.Id)).State));
    }

    [Fact]
    public async Task Fault_of_the_program_names_the_place_in_the_log_and_nothing_else()
    {
        var pipeline = new FakePipeline { Fault = (_, step) => step == 2 ? new InvalidOperationException("secret detail") : null };
        await using var studio = await Start(pipeline);
        var job = await studio.Queue.Enqueue(Request());
        var failed = Assert.IsType<JobUpdate.Failed>(await job.Completion());
        Assert.Contains($"{job.Id:N}", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Exception> LacksOfMemory =>
    [
        new InsufficientMemoryException(),
        Assert.ThrowsAny<Exception>(() => TorchSharp.torch.zeros(1L << 50)),
        new TorchSharp.TorchException("CUDA out of memory. Tried to allocate 2.00 GiB"),
    ];

    [Theory]
    [MemberData(nameof(LacksOfMemory))]
    public async Task Lack_of_memory_fails_one_job_with_a_remedy_and_the_next_runs(Exception fault)
    {
        var pipeline = new FakePipeline { Fault = (request, step) => request.Prompt == "large" && step == 2 ? fault : null };
        await using var studio = await Start(pipeline);
        var large = await studio.Queue.Enqueue(Request("large"));
        var small = await studio.Queue.Enqueue(Request("small"));
        Assert.Equal(new JobUpdate.Failed("Not enough memory for this job: use a smaller size, or fewer reference pictures."), await large.Completion());
        Assert.IsType<JobUpdate.Done>(await small.Completion());
    }

    [Fact]
    public async Task Disk_that_is_full_for_the_trail_costs_the_film_and_no_picture()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var job = await studio.Queue.Enqueue(Request());
        Directory.CreateDirectory(studio.Folder.TrailOf(job.Id));
        File.CreateSymbolicLink(Path.Combine(studio.Folder.TrailOf(job.Id), "0004.safetensors"), "/dev/full");
        pipeline.Open();
        Assert.IsType<JobUpdate.Done>(await job.Completion());
    }

    [Fact]
    public async Task Disk_that_is_full_fails_one_job_with_a_sentence()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var job = await studio.Queue.Enqueue(Request());
        // Every write to this device ends with "no space left".
        File.CreateSymbolicLink(Path.Combine(studio.Folder.Incoming, $"{job.Id:N}.png.tmp"), "/dev/full");
        pipeline.Open();
        var failed = Assert.IsType<JobUpdate.Failed>(await job.Completion());
        Assert.StartsWith($"The disk of {studio.Folder.Root} is full", failed.Message, StringComparison.Ordinal);
        var next = await studio.Queue.Enqueue(Request());
        Assert.IsType<JobUpdate.Done>(await next.Completion());
    }

    [Fact]
    public async Task Disk_that_is_full_for_saved_states_does_not_stop_a_picture()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline, folder: null, ("Studio:CheckpointSeconds", "0"));
        var job = await studio.Queue.Enqueue(Request());
        File.CreateSymbolicLink(Path.Combine(studio.Folder.States, $"{job.Id:N}.safetensors.tmp"), "/dev/full");
        pipeline.Open();
        Assert.IsType<JobUpdate.Done>(await job.Completion());
    }

    [Fact]
    public async Task Picture_is_not_begun_where_it_could_not_be_kept()
    {
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline, folder: null, ("Studio:MinFreeMegabytes", "1000000000"));
        var job = await studio.Queue.Enqueue(Request());
        var failed = Assert.IsType<JobUpdate.Failed>(await job.Completion());
        Assert.Contains("1000000000 MB", failed.Message, StringComparison.Ordinal);
        Assert.Empty(pipeline.Log);
    }

    [Fact]
    public async Task Locked_database_costs_a_row_but_no_picture()
    {
        var pipeline = FakePipeline.Held();
        using var folder = new TemporaryFolder();
        Guid id;
        await using (var studio = await Start(pipeline, folder, ("Studio:DatabaseTimeoutSeconds", "1")))
        {
            var job = await studio.Queue.Enqueue(Request());
            id = job.Id;
            pipeline.Allow(1);
            await job.Reaches(step: 0);
            await using (var other = new SqliteConnection($"Data Source={studio.Folder.Database}"))
            {
                await other.OpenAsync();
                await using var transaction = other.BeginTransaction(deferred: false);
                pipeline.Open();
                var failed = Assert.IsType<JobUpdate.Failed>(await job.Completion());
                Assert.StartsWith($"Another program keeps {studio.Folder.Database} locked", failed.Message, StringComparison.Ordinal);
            }

            var next = await studio.Queue.Enqueue(Request("next"));
            Assert.IsType<JobUpdate.Done>(await next.Completion());
        }

        await using var later = await Start(new FakePipeline(), folder);
        Assert.Contains(await later.Images.Latest(10, default), x => x.Id == id);
        Assert.Equal(JobState.Done, (await later.Row(id)).State);
    }

    [Fact]
    public async Task Locked_database_refuses_a_request_with_a_sentence()
    {
        await using var studio = await Start(FakePipeline.Held(), folder: null, ("Studio:DatabaseTimeoutSeconds", "1"));
        await using var other = new SqliteConnection($"Data Source={studio.Folder.Database}");
        await other.OpenAsync();
        await using var transaction = other.BeginTransaction(deferred: false);
        var refusal = await Assert.ThrowsAsync<ModelException>(() => studio.Queue.Enqueue(Request()));
        Assert.StartsWith($"Another program keeps {studio.Folder.Database} locked", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(studio.Queue.State.Waiting);
    }
}

using OmniGen2.Imaging;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs;

/// <summary>What people do with their jobs: stop, skip, cancel, halt, move, repeat.</summary>
public sealed class ControlTests
{
    private static readonly (string, string) SaveEveryStep = ("Studio:CheckpointSeconds", "0");

    [Fact]
    public async Task Job_that_is_stopped_keeps_its_estimate_as_a_partial_picture()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var job = await studio.Queue.Enqueue(Request(steps: 50));
        pipeline.Allow(4);
        await job.Reaches(step: 3);
        Assert.True(studio.Queue.Stop(job.Id));
        pipeline.Allow(2);
        Assert.Equal(new JobUpdate.Stopped(Kept: true), await job.Completion());

        var picture = Assert.Single(await studio.Images.Latest(10, default));
        Assert.True(picture.IsPartial);
        Assert.InRange(GenerationMetadata.Parse(picture.Metadata).StepsDone, 3, 4);
        Assert.Equal(JobState.Stopped, (await studio.Row(job.Id)).State);
    }

    [Fact]
    public async Task Job_that_is_stopped_before_its_first_step_has_nothing_to_keep()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var job = await studio.Queue.Enqueue(Request());
        await studio.Begun(job);
        studio.Queue.Stop(job.Id);
        pipeline.Allow(1);
        Assert.Equal(new JobUpdate.Stopped(Kept: false), await job.Completion());
    }

    [Fact]
    public async Task Job_that_was_begun_by_another_process_can_still_be_stopped_and_kept()
    {
        using var disk = new TemporaryFolder();
        var first = FakePipeline.Held();
        Guid id;
        await using (var studio = await Start(first, disk))
        {
            var job = await studio.Queue.Enqueue(Request());
            id = job.Id;
            first.Allow(4);
            await job.Reaches(step: 3);
            await studio.Queue.Halt(QueuePart.All);
        }

        await using var next = await Start(new FakePipeline(), disk);
        Assert.True(next.Queue.Stop(id));
        Assert.Equal(new JobUpdate.Stopped(Kept: true), await next.Queue.Find(id)!.Completion());
        Assert.True(next.Queue.State.IsHalted);
    }

    [Fact]
    public async Task One_picture_of_a_batch_is_skipped_and_the_rest_comes()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var jobs = await studio.Queue.Enqueue(new PictureRequest { Generation = Request(), Count = 3 });
        await studio.Begun(jobs[0]);
        studio.Queue.Discard(jobs[0].Id);
        studio.Queue.Discard(jobs[1].Id);
        pipeline.Open();
        Assert.Equal([false, false, true], (await Task.WhenAll(jobs.Select(x => x.Completion()))).Select(x => x is JobUpdate.Done));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Batch_that_is_cancelled_leaves_the_other_jobs_alone(bool keep, int kept)
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var jobs = await studio.Queue.Enqueue(new PictureRequest { Generation = Request(), Count = 4 });
        var other = await studio.Queue.Enqueue(Request("other"));
        pipeline.Allow(3);
        await jobs[0].Reaches(step: 2);
        Assert.Equal(4, studio.Queue.StopBatch(jobs[0].Batch!.Value, keep));
        pipeline.Open();
        Assert.All(await Task.WhenAll(jobs.Select(x => x.Completion())), x => Assert.IsType<JobUpdate.Stopped>(x));
        Assert.IsType<JobUpdate.Done>(await other.Completion());
        Assert.Equal(kept, (await studio.Images.Latest(10, default)).Count(x => x.IsPartial));
    }

    [Fact]
    public async Task Halted_queue_puts_the_running_job_back_after_its_step_and_goes_on_to_the_same_pixels()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var job = await studio.Queue.Enqueue(Request());
        pipeline.Allow(4);
        await job.Reaches(step: 3);
        await studio.Queue.Halt(QueuePart.All);
        pipeline.Allow(1);
        await studio.Queue.Watch().FirstAsync(x => x.Running is null && x.Waiting.Count == 1);
        var waiting = Assert.IsType<JobUpdate.Queued>(job.Latest);
        Assert.InRange(waiting.Step, 3, 4);
        Assert.Equal(job.Preview.Version, waiting.Preview);
        Assert.Equal(JobState.Queued, (await studio.Row(job.Id)).State);

        await studio.Queue.Resume(QueuePart.All);
        pipeline.Open();
        Assert.IsType<JobUpdate.Done>(await job.Completion());
        Assert.Equal(8, pipeline.Log.Count(x => !x.EndsWith(":0", StringComparison.Ordinal) && !x.EndsWith(":9", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Halt_outlives_the_process_and_what_comes_waits()
    {
        using var disk = new TemporaryFolder();
        await using (var studio = await Start(FakePipeline.Held(), disk))
        {
            await studio.Queue.Halt(QueuePart.All);
            await studio.Queue.Enqueue(Request());
        }

        var pipeline = new FakePipeline();
        await using var next = await Start(pipeline, disk);
        await next.ModelReady();
        Assert.True(next.Queue.State.IsHalted);
        var job = await next.Queue.Enqueue(Request("late"));
        Assert.Empty(pipeline.Log);
        await next.Queue.Resume(QueuePart.All);
        Assert.IsType<JobUpdate.Done>(await job.Completion());
    }

    [Fact]
    public async Task Halt_of_one_person_lets_the_others_pass()
    {
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline);
        await studio.Queue.Halt(QueuePart.Of("mira"));
        var hers = (await studio.Queue.Enqueue(new PictureRequest { Generation = Request("hers") }, "mira"))[0];
        var his = (await studio.Queue.Enqueue(new PictureRequest { Generation = Request("his") }, "jonas"))[0];
        await his.Completion();
        Assert.IsType<JobUpdate.Queued>(hers.Latest);
        await studio.Queue.Resume(QueuePart.Of("mira"));
        Assert.IsType<JobUpdate.Done>(await hers.Completion());
    }

    [Theory]
    [InlineData(JobMove.First, "c a b d")]
    [InlineData(JobMove.Up, "a c b d")]
    [InlineData(JobMove.Down, "a b d c")]
    [InlineData(JobMove.Last, "a b d c")]
    public async Task Waiting_job_is_moved_and_stays_there_over_a_restart(JobMove move, string order)
    {
        using var disk = new TemporaryFolder();
        await using var studio = await Start(FakePipeline.Held(), disk);
        var running = await studio.Queue.Enqueue(Request("running"));
        await studio.Begun(running);
        var jobs = new List<Job>();
        foreach (var name in (string[])["a", "b", "c", "d"])
        {
            jobs.Add(await studio.Queue.Enqueue(Request(name)));
        }

        Assert.True(await studio.Queue.Move(jobs[2].Id, move));
        Assert.Equal(order, string.Join(' ', studio.Queue.State.Waiting.Select(x => x.Words)));
        Assert.False(await studio.Queue.Move(running.Id, move));

        using var left = disk.Snapshot();
        var pipeline = new FakePipeline();
        await using var next = await Start(pipeline, left);
        await next.AllDone();
        Assert.Equal($"running {order}", string.Join(' ', pipeline.Log.Select(x => x.Split(':')[0]).Distinct()));
    }

    [Fact]
    public async Task Move_takes_the_batch_along_and_nobody_elses_job_comes_later()
    {
        await using var studio = await Start(FakePipeline.Held());
        await studio.Begun(await studio.Queue.Enqueue(Request("running")));
        await Enqueue("hers 1", "mira", 1);
        await Enqueue("his", "jonas", 1);
        var last = await Enqueue("hers 2", "mira", 2);
        await studio.Queue.Move(last[1].Id, JobMove.First);
        Assert.Equal("hers 2,his,hers 2,hers 1", string.Join(',', studio.Queue.State.Waiting.Select(x => x.Words)));

        Task<IReadOnlyList<Job>> Enqueue(string words, string owner, int count) =>
            studio.Queue.Enqueue(new PictureRequest { Generation = Request(words), Count = count }, owner);
    }

    [Fact]
    public async Task Job_is_run_again_with_its_seed_or_another()
    {
        await using var studio = await Start(new FakePipeline());
        var jobs = await studio.Queue.Enqueue(new PictureRequest { Generation = Request(seed: 7), Count = 2 });
        await studio.AllDone();
        var same = await studio.Queue.RunAgain(jobs[1].Id);
        var other = await studio.Queue.RunAgain(jobs[1].Id, newSeed: true);
        await studio.AllDone();
        Assert.Equal(8, same.Picture!.Generation.Seed);
        Assert.NotEqual(8, other.Picture!.Generation.Seed);
        var pictures = await studio.Images.Find([jobs[1].Id, same.Id], default);
        Assert.Equal(studio.Pixels(pictures[jobs[1].Id]), studio.Pixels(pictures[same.Id]));
        Assert.Null(same.Batch);
    }

    [Fact]
    public async Task Picture_whose_job_is_forgotten_is_made_again_from_what_its_file_says()
    {
        await using var studio = await Start(new FakePipeline());
        var upload = await studio.Images.AddUpload(ImageFile.EncodePng(new RgbImage(64, 48)));
        var job = (await studio.Queue.Enqueue(new PictureRequest { Generation = Request("edit", seed: 9), References = [new Reference(upload.Id)] }))[0];
        await job.Completion();
        await studio.Change(async db => db.Jobs.Remove((await db.Jobs.FindAsync(job.Id))!));
        var again = await studio.Queue.RunAgain(job.Id);
        Assert.IsType<JobUpdate.Done>(await again.Completion());
        Assert.Equal((9, upload.Id), (again.Picture!.Generation.Seed, again.Picture.References[0].Picture));
        await Assert.ThrowsAsync<ModelException>(() => studio.Queue.RunAgain(Guid.NewGuid()));
    }

    [Fact]
    public async Task Who_comes_back_after_a_restart_sees_the_last_preview_before_anything_runs()
    {
        using var disk = new TemporaryFolder();
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline, disk, SaveEveryStep);
        var job = await studio.Queue.Enqueue(Request());
        pipeline.Allow(4);
        await job.Reaches(step: 3);
        var seen = job.Preview.Render()!;
        using var left = disk.Snapshot();
        var never = new TaskCompletionSource<IPipeline>();
        await using var next = await Start(new FakePipeline(), _ => never.Task.Result, left);
        var back = next.Queue.Find(job.Id)!;
        Assert.Equal(new JobUpdate.Queued(3, 8) { Preview = 1 }, back.Latest);
        Assert.Equal(seen.Jpeg, back.Preview.Render()!.Jpeg);
        never.SetResult(new FakePipeline());
    }
}

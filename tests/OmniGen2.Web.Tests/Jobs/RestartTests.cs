using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs;

/// <summary>A crash is a copy of the files at that moment: exactly what a killed process leaves.</summary>
public sealed class RestartTests
{
    private static readonly (string, string) SaveEveryStep = ("Studio:CheckpointSeconds", "0");

    [Fact]
    public async Task Jobs_that_wait_are_there_after_a_crash_in_the_same_order()
    {
        using var disk = new TemporaryFolder();
        await using var studio = await Start(FakePipeline.Held(), disk);
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await studio.Queue.Enqueue(Request($"p{i}"))).Id);
        }

        using var left = disk.Snapshot();
        var pipeline = new FakePipeline();
        await using var next = await Start(pipeline, left);
        await next.AllDone();
        Assert.Equal(["p0", "p1", "p2", "p3"], pipeline.Log.Select(x => x.Split(':')[0]).Distinct());
        Assert.Equal(ids.Order(), (await next.Images.Latest(10, default)).Select(x => x.Id).Order());
    }

    [Fact]
    public async Task Running_job_goes_on_from_its_saved_step_to_the_same_pixels()
    {
        using var left = await Crash(steps: 5);
        var pipeline = new FakePipeline();
        await using var next = await Start(pipeline, left);
        await next.AllDone();
        Assert.Equal(["a red circle:0", "a red circle:6"], pipeline.Log.Take(2));
        Assert.Equal(await Undisturbed(), next.Pixels(Assert.Single(await next.Images.Latest(10, default))));
    }

    [Fact]
    public async Task Studio_that_closes_in_order_saves_the_step_and_redoes_none()
    {
        using var disk = new TemporaryFolder();
        var first = FakePipeline.Held();
        await using (var studio = await Start(first, disk))
        {
            var job = await studio.Queue.Enqueue(Request());
            first.Allow(4);
            await job.Reaches(step: 3);
        }

        var second = new FakePipeline();
        await using var next = await Start(second, disk);
        await next.AllDone();
        Assert.True(first.IsDisposed);
        Assert.Equal(8, first.Log.Concat(second.Log).Count(x => !x.EndsWith(":0", StringComparison.Ordinal) && !x.EndsWith(":9", StringComparison.Ordinal)));
        Assert.Equal(await Undisturbed(), next.Pixels(Assert.Single(await next.Images.Latest(10, default))));
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("")]
    public async Task Saved_state_that_cannot_be_read_costs_time_and_nothing_else(string content)
    {
        using var left = await Crash(steps: 5);
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(left.Path, "states"))), content);
        await using var next = await Start(new FakePipeline(), left);
        await next.AllDone();
        Assert.Equal(await Undisturbed(), next.Pixels(Assert.Single(await next.Images.Latest(10, default))));
    }

    [Fact]
    public async Task Saved_state_that_the_model_refuses_costs_time_and_nothing_else()
    {
        using var left = await Crash(steps: 5);
        var state = Assert.Single(Directory.GetFiles(Path.Combine(left.Path, "states")));
        await File.WriteAllBytesAsync(state, (DenoiseState.Load(await File.ReadAllBytesAsync(state)) with { Fingerprint = "another" }).Save());
        await using var next = await Start(new FakePipeline(), left);
        await next.AllDone();
        Assert.Equal(await Undisturbed(), next.Pixels(Assert.Single(await next.Images.Latest(10, default))));
    }

    [Fact]
    public async Task Job_that_is_killed_twice_at_one_step_goes_on_after_the_others()
    {
        using var once = await Crash(steps: 5, andQueue: "next");
        using var twice = await CrashAgain(once, steps: 0);
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline, twice);
        await studio.AllDone();
        Assert.Equal(["next", "a red circle"], pipeline.Log.Select(x => x.Split(':')[0]).Distinct());
        Assert.Equal(2, (await studio.Jobs(JobState.Done)).Count);
        Assert.Contains("a red circle:6", pipeline.Log);
    }

    [Fact]
    public async Task Job_that_ends_the_process_a_third_time_at_one_step_is_parked_and_says_so()
    {
        using var once = await Crash(steps: 5);
        using var twice = await CrashAgain(once, steps: 0);
        using var thrice = await CrashAgain(twice, steps: 0);
        await AssertParked(thrice);
    }

    [Theory]
    [InlineData(36, 1)] // the process ended itself
    [InlineData(33, 2)] // the pulse went on for years
    public async Task Job_that_twice_ends_the_process_by_a_fault_of_its_own_or_after_long_is_parked(int at, byte value)
    {
        using var once = await Crash(steps: 5, andQueue: "next");
        using var twice = await CrashAgain(once, steps: 0);
        using (var mark = File.OpenWrite(Path.Combine(twice.Path, "quantum")))
        {
            mark.Position = at;
            mark.WriteByte(value);
        }

        await AssertParked(twice);
    }

    [Fact]
    public async Task Mark_of_another_job_blames_nobody()
    {
        using var once = await Crash(steps: 5);
        using var twice = await CrashAgain(once, steps: 0);
        using var thrice = await CrashAgain(twice, steps: 0);
        await File.WriteAllBytesAsync(Path.Combine(thrice.Path, "quantum"), new byte[37]);
        await using var studio = await Start(new FakePipeline(), thrice);
        await studio.AllDone();
        Assert.Single(await studio.Jobs(JobState.Done));
    }

    [Fact]
    public async Task Job_that_got_further_between_two_crashes_runs_again()
    {
        using var once = await Crash(steps: 5);
        using var twice = await CrashAgain(once, steps: 2);
        await using var studio = await Start(new FakePipeline(), twice);
        await studio.AllDone();
        Assert.Empty(await studio.Jobs(JobState.Parked));
        Assert.Equal(await Undisturbed(), studio.Pixels(Assert.Single(await studio.Images.Latest(10, default))));
    }

    [Fact]
    public async Task Job_whose_picture_is_kept_is_not_drawn_again()
    {
        using var disk = new TemporaryFolder();
        Guid id;
        await using (var studio = await Start(new FakePipeline(), disk))
        {
            var job = await studio.Queue.Enqueue(Request());
            await job.Completion();
            id = job.Id;
            await studio.Change(db => db.Jobs.ExecuteUpdateAsync(x => x.SetProperty(row => row.State, JobState.Running)));
        }

        var pipeline = new FakePipeline();
        await using var next = await Start(pipeline, disk);
        await next.ModelReady();
        Assert.Equal(JobState.Done, (await next.Row(id)).State);
        Assert.Empty(pipeline.Log);
    }

    [Fact]
    public async Task Request_that_this_version_cannot_read_fails_alone()
    {
        using var left = await Crash(steps: 1, andQueue: "next");
        await using (var studio = await Start(FakePipeline.Held(), left))
        {
            await studio.Change(db => db.Jobs.Where(x => x.Request.Contains("red")).ExecuteUpdateAsync(x => x.SetProperty(row => row.Request, "{}")));
        }

        await using var next = await Start(new FakePipeline(), left);
        await next.AllDone();
        Assert.Single(await next.Jobs(JobState.Failed));
        Assert.Equal("next", Assert.Single(await next.Images.Latest(10, default)).Prompt);
    }

    [Fact]
    public void Request_comes_back_from_its_row_as_it_was()
    {
        var request = new PictureRequest
        {
            Generation = Request() with { Cache = new CacheOptions.TeaCache(0.07), Scheduler = SchedulerKind.DpmSolver, Seed = long.MaxValue },
            References = [new Reference(Guid.NewGuid()) { Sha256 = "abc", Width = 3, Height = 4 }],
            Turns = [new ThreadTurn(ChatRole.User, "draw") { Pictures = [new Reference(Guid.NewGuid())] }],
            Kind = PictureKind.Answered,
            Count = 3,
            Number = 2,
            Thread = Guid.NewGuid(),
        };
        var json = RequestJson.Write(request);
        var back = Assert.IsType<PictureRequest>(RequestJson.Read(json));
        Assert.Equal(json, RequestJson.Write(back));
        Assert.Equal(request.Generation, back.Generation);
        Assert.Equal(request.References, back.References);
        Assert.Equal(request.Turns[0].Pictures, back.Turns[0].Pictures);
    }

    [Theory]
    [InlineData("""{"Prompt":"old words","Images":[],"Width":64,"Height":64,"Steps":8,"Seed":5}""", null)]
    [InlineData("""{"Prompt":"old words","Images":["iVBORw0KGgo="]}""", "An older version of the studio took this request with its pictures inside: choose the pictures and start it again.")]
    public async Task Request_of_the_first_version_runs_or_says_what_to_do(string json, string? refusal)
    {
        using var disk = new TemporaryFolder();
        await using (var studio = await Start(FakePipeline.Held(), disk))
        {
            await studio.Queue.Enqueue(Request());
            await studio.Change(db => db.Jobs.ExecuteUpdateAsync(x => x.SetProperty(row => row.Request, json)));
        }

        await using var next = await Start(new FakePipeline(), disk);
        await next.AllDone();
        var row = Assert.Single(await next.Jobs(refusal is null ? JobState.Done : JobState.Failed));
        Assert.Equal(refusal, row.Message);
        Assert.Equal(refusal is null ? ["old words"] : [], (await next.Images.Latest(10, default)).Select(x => x.Prompt));
    }

    /// <summary>The disk after a process was killed while it drew, with so many steps done and saved.</summary>
    private static async Task<TemporaryFolder> Crash(int steps, string? andQueue = null)
    {
        using var disk = new TemporaryFolder();
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline, disk, SaveEveryStep);
        var job = await studio.Queue.Enqueue(Request());
        if (andQueue is not null)
        {
            await studio.Queue.Enqueue(Request(andQueue));
        }

        pipeline.Allow(steps + 1);
        await job.Reaches(steps);
        return disk.Snapshot();
    }

    private static async Task AssertParked(TemporaryFolder disk)
    {
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline, disk);
        await studio.AllDone();
        Assert.All(pipeline.Log, x => Assert.StartsWith("next", x, StringComparison.Ordinal));
        var parked = Assert.Single(await studio.Jobs(JobState.Parked));
        Assert.StartsWith("The studio ended again and again at the same point of this job", parked.Message, StringComparison.Ordinal);
        Assert.Equal(new JobUpdate.Parked(parked.Message!), studio.Queue.Find(parked.Id)!.Latest);
        Assert.Empty(Directory.GetFileSystemEntries(studio.Folder.States));
    }

    /// <summary>The same, after another start that was killed so many steps further on.</summary>
    private static async Task<TemporaryFolder> CrashAgain(TemporaryFolder disk, int steps)
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline, disk, SaveEveryStep);
        var running = (await studio.Queue.Watch().FirstAsync(x => x.Running is not null)).Running!;
        pipeline.Allow(steps + 1);
        await running.Watch().FirstAsync(x => x is JobUpdate.Working working && working.Step >= 5 + steps);
        return disk.Snapshot();
    }

    private static async Task<byte[]> Undisturbed()
    {
        await using var studio = await Start(new FakePipeline());
        await (await studio.Queue.Enqueue(Request())).Completion();
        return studio.Pixels(Assert.Single(await studio.Images.Latest(1, default)));
    }
}

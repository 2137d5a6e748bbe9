using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Team;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs;

/// <summary>What the people of a role may take, and what is said at the limit.</summary>
public sealed class QuotaTests
{
    [Fact]
    public async Task More_jobs_than_the_role_may_have_are_refused_with_both_numbers()
    {
        await using var studio = await Start(FakePipeline.Held(), folder: null, ("Quotas:Member:Waiting", "3"));
        await Ask(studio, "ada", count: 2);
        var refusal = await Assert.ThrowsAsync<ModelException>(() => Ask(studio, "ada", count: 2));
        Assert.Equal("2 of your jobs are in the queue and 2 more would be over your 3: wait until some have ended, or cancel some.", refusal.Message);
        await Ask(studio, "ada", count: 1);
        await Ask(studio, "li", count: 3);
    }

    [Fact]
    public async Task Administrator_has_limits_of_their_own_and_the_one_local_person_none()
    {
        await using var studio = await Start(FakePipeline.Held(), folder: null, ("Quotas:Member:Waiting", "1"), ("Quotas:Administrator:Waiting", "4"));
        await studio.Change(db => Task.FromResult(db.Users.Add(new PersonRow { Id = "boss", Name = "Mira", Role = Role.Administrator, UserName = "boss" })));
        await Ask(studio, "boss", count: 4);
        await Assert.ThrowsAsync<ModelException>(() => Ask(studio, "boss", count: 1));
        await Ask(studio, owner: null, count: 8);
    }

    [Fact]
    public async Task Minutes_of_a_day_are_counted_and_the_next_job_is_refused()
    {
        await using var studio = await Start(new FakePipeline(), folder: null, ("Quotas:Member:MinutesPerDay", "0.5"));
        var job = (await Ask(studio, "ada", count: 1))[0];
        await job.Completion();
        await studio.Change(async db => (await db.Jobs.FindAsync(job.Id))!.WorkMilliseconds = 31_200);
        var refusal = await Assert.ThrowsAsync<ModelException>(() => Ask(studio, "ada", count: 1));
        Assert.Equal("You had the model for 0.5 of your 0.5 minutes today: go on after midnight, or ask an administrator for more.", refusal.Message);
        await Ask(studio, "li", count: 1);
    }

    [Fact]
    public async Task Picture_larger_than_the_role_may_draw_is_refused()
    {
        await using var studio = await Start(new FakePipeline(), folder: null, ("Quotas:Member:Megapixels", "0.02"));
        await studio.ModelReady();
        var refusal = await Assert.ThrowsAsync<ModelException>(() => studio.Queue.Enqueue(new PictureRequest { Generation = Request() with { Width = 256, Height = 128 } }, "ada"));
        Assert.Equal("256 × 128 are 0.03 million pixels, and you may draw 0.02: choose a smaller size.", refusal.Message);
        await Ask(studio, "ada", count: 1);
    }

    [Fact]
    public async Task Full_disk_share_refuses_the_next_picture()
    {
        await using var studio = await Start(new FakePipeline(), folder: null, ("Quotas:Member:DiskMegabytes", "0.001"));
        await (await Ask(studio, "ada", count: 1))[0].Completion();
        var refusal = await Assert.ThrowsAsync<ModelException>(() => Ask(studio, "ada", count: 1));
        Assert.Contains("of your 0 MB: empty your trash", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_tells_seconds_pictures_and_bytes_of_each_day()
    {
        await using var studio = await Start(new FakePipeline());
        await Task.WhenAll((await Ask(studio, "ada", count: 2)).Select(x => x.Completion()));
        await (await Ask(studio, "li", count: 1))[0].Completion();
        var usage = studio.Service<UsageStore>();
        var days = await usage.Days("ada", 3, default);
        Assert.Equal([usage.Today.AddDays(-2), usage.Today.AddDays(-1), usage.Today], days.Select(x => x.Day));
        Assert.Equal([0, 0, 2], days.Select(x => x.Pictures));
        Assert.Equal((await studio.Jobs(JobState.Done)).Where(x => x.Owner == "ada").Sum(x => x.WorkMilliseconds) / 1000, days[2].Seconds, tolerance: 1e-6);
        Assert.Equal(await usage.Bytes("ada", default), days[2].Bytes);
    }

    private static Task<IReadOnlyList<Job>> Ask(TestStudio studio, string? owner, int count) =>
        studio.Queue.Enqueue(new PictureRequest { Generation = Request(), Count = count }, owner);
}

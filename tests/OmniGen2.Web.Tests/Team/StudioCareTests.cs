using OmniGen2.Web.History;
using OmniGen2.Web.Options;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Tests.Team;

/// <summary>Rules about the disk and quotas: changed by administrators, obeyed, kept and written down.</summary>
public sealed class StudioCareTests
{
    [Fact]
    public async Task Rules_are_changed_by_an_administrator_count_at_once_and_over_a_restart_and_stand_in_the_log()
    {
        using var folder = new TemporaryFolder();
        await using (var team = new TeamStudio(folder: folder))
        {
            var (mira, li) = (Sessions.Of(await team.Add("Mira", Role.Administrator)), Sessions.Of(await team.Add("Li Wei", Role.Member)));
            var care = team.Service<StudioCare>();
            Assert.False(care.IsChanged);
            await Assert.ThrowsAsync<ModelException>(() => Asker.As(li, () => care.Change(care.Rules with { TrashDays = 1 })));
            Assert.Throws<ModelException>(() => Asker.As(li, care.Measure));
            var refusal = await Assert.ThrowsAsync<ModelException>(() => Asker.As(mira, () => care.Change(care.Rules with { TrashDays = 0 })));
            Assert.Equal("Days in the trash must be from 1 to 3650.", refusal.Message);

            await Asker.As(mira, () => care.Change(care.Rules with { TrashDays = 7, Quotas = care.Rules.Quotas with { Member = new Quota { Waiting = 1 } } }));
            await Asker.As(li, () => team.Studio.Queue.Enqueue(TestStudio.Request()));
            var log = await Asker.As(mira, () => team.Service<AuditLog>().Latest(null, 10, default));
            Assert.Equal("TrashDays 30 → 7", log.Single(x => x.Action == AuditAction.RulesChanged).Subject);
            Assert.Equal("Member: Waiting 20 → 1", log.Single(x => x.Action == AuditAction.QuotaChanged).Subject);
        }

        await using var again = new TeamStudio(folder: folder);
        Assert.Equal((7, 1), (again.Service<RuleBook>().Current.TrashDays, again.Service<RuleBook>().Current.Quotas.Member.Waiting));
        await Asker.As(Asker.Studio, again.Service<StudioCare>().Forget);
        Assert.Equal(30, again.Service<RuleBook>().Current.TrashDays);
    }

    [Fact]
    public async Task Quota_that_was_changed_refuses_the_next_job()
    {
        await using var team = new TeamStudio(FakePipeline.Held());
        var (mira, li) = (Sessions.Of(await team.Add("Mira", Role.Administrator)), Sessions.Of(await team.Add("Li Wei", Role.Member)));
        await Asker.As(li, () => team.Studio.Queue.Enqueue(TestStudio.Request()));
        var care = team.Service<StudioCare>();
        await Asker.As(mira, () => care.Change(care.Rules with { Quotas = care.Rules.Quotas with { Member = new Quota { Waiting = 1 } } }));
        var refusal = await Assert.ThrowsAsync<ModelException>(() => Asker.As(li, () => team.Studio.Queue.Enqueue(TestStudio.Request())));
        Assert.Contains("over your 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_and_backups_beyond_the_new_rules_go_at_once_and_thumbnails_when_asked()
    {
        await using var team = new TeamStudio();
        var mira = Sessions.Of(await team.Add("Mira", Role.Administrator));
        var root = team.Service<DataFolder>().Root;
        var steps = Put(root, "steps/aa/x.zip");
        var (old, newest) = (Put(root, "backups/history-20200101-000000.zip"), Put(root, "backups/history-20300101-000000.zip"));
        var thumbnail = Put(root, "thumbs/2026/x.webp");
        var care = team.Service<StudioCare>();
        Assert.Contains(Asker.As(mira, care.Measure), x => x is { Name: "Steps", Files: 1, Bytes: 3 });

        await Asker.As(mira, () => care.Change(care.Rules with { StepsMegabytes = 0, BackupDays = 1, BackupWeeks = 0 }));
        Assert.False(File.Exists(steps));
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(newest));
        Assert.Equal(3, await Asker.As(mira, care.DropThumbnails));
        Assert.False(File.Exists(thumbnail));
    }

    [Fact]
    public async Task Rules_that_cannot_be_read_stop_the_studio_with_the_name_of_their_file()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "rules.json"), "{ \"TrashDays\": -3 }");
        var refusal = await Assert.ThrowsAsync<ModelException>(() => TestStudio.Start(new FakePipeline(), folder));
        Assert.Contains("rules.json cannot be read (Days in the trash must be from 1 to 3650): mend it", refusal.Message, StringComparison.Ordinal);
    }

    private static string Put(string root, string file)
    {
        var path = Path.Combine(root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, [1, 2, 3]);
        return path;
    }
}

using System.IO.Compression;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;
using OmniGen2.Web.Options;
using OmniGen2.Web.Tests.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.History;

public sealed class BackupTests
{
    [Fact]
    public async Task Backup_that_was_made_under_load_brings_everything_back_after_the_folder_is_wiped()
    {
        using var disk = new TemporaryFolder();
        using var shelf = new TemporaryFolder();
        var file = Path.Combine(shelf.Path, "all.zip");
        Dictionary<Guid, byte[]> before;
        var model = FakePipeline.Held();
        await using (var studio = await Start(model, disk))
        {
            await Draw(studio, model, 4);
            before = await Pixels(studio);
            await studio.Service<Gallery>().Rate(before.Keys.ToDictionary(x => x, _ => 4));

            // From here on the model draws and the history is written, while the backup reads it.
            var jobs = await studio.Queue.Enqueue(new Web.Jobs.PictureRequest { Generation = Request("while", steps: 40), Count = 8 });
            model.Open();
            var (pictures, missing) = BackupWriter.Write(studio.Folder.Root, file, withPictures: true, DateTimeOffset.UnixEpoch);
            Assert.True(pictures >= 4, $"{pictures}");
            Assert.Equal(0, missing);
            await jobs[^1].Completion();
        }

        // Pooled connections would go on reading the deleted file.
        SqliteConnection.ClearAllPools();
        Directory.Delete(disk.Path, recursive: true);
        Directory.CreateDirectory(disk.Path);
        var report = await Restore(disk, file);
        Assert.Equal((0, null), (report.Missing, report.SetAside));

        await using var restored = await Start(new FakePipeline(), disk);
        await restored.AllDone();
        var after = await Pixels(restored);
        Assert.All(before, x => Assert.Equal(x.Value, after[x.Key]));
        await restored.Change(async db => Assert.Equal(before.Count, await db.Pictures.CountAsync(x => x.Rating == 4)));
    }

    [Fact]
    public async Task Backup_of_a_newer_version_is_refused_and_changes_nothing()
    {
        using var disk = new TemporaryFolder();
        var file = Path.Combine(disk.Path, "newer.zip");
        await using (var studio = await Start(new FakePipeline(), disk))
        {
            await studio.Change(db => db.Database.ExecuteSqlRawAsync("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '10.0')"));
            BackupWriter.Write(studio.Folder.Root, file, withPictures: false, DateTimeOffset.UnixEpoch);
            await studio.Change(db => db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '2999%'"));
        }

        var refusal = await Assert.ThrowsAsync<ModelException>(() => Restore(disk, file));
        Assert.Contains("newer version of the studio (it knows '29990101000000_Later')", refusal.Message, StringComparison.Ordinal);
        await using var next = await Start(new FakePipeline(), disk);
        Assert.Empty(Directory.EnumerateFiles(disk.Path, "history-before-restore*"));
    }

    [Fact]
    public async Task Damaged_database_and_a_way_out_of_the_folder_are_refused()
    {
        using var disk = new TemporaryFolder();
        var file = Path.Combine(disk.Path, "good.zip");
        await using (var studio = await Start(new FakePipeline(), disk))
        {
            BackupWriter.Write(studio.Folder.Root, file, withPictures: false, DateTimeOffset.UnixEpoch);
        }

        Assert.Contains("damaged", (await Refused(disk, file, zip => Overwrite(zip, "history.db"))).Message, StringComparison.Ordinal);
        Assert.Contains("outside the data folder", (await Refused(disk, file, zip => Overwrite(zip, "images/../../escaped"))).Message, StringComparison.Ordinal);
        Assert.Contains("./run.sh backup", (await Refused(disk, file, zip => zip.GetEntry("manifest.json")!.Delete())).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(disk.Path, "..", "escaped")));
    }

    [Fact]
    public async Task Database_is_backed_up_before_it_is_brought_up_to_date()
    {
        using var disk = new TemporaryFolder();
        await using (var studio = await Start(new FakePipeline(), disk))
        {
            // A migration that says again what is there already, which is what the last one would do.
            await studio.Change(db => db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT max(MigrationId) FROM __EFMigrationsHistory)"));
        }

        Assert.Empty(Backups(disk, "migration-*"));
        await Assert.ThrowsAnyAsync<Exception>(() => Start(new FakePipeline(), disk));
        Assert.Single(Backups(disk, "migration-*"));
    }

    [Fact]
    public void Last_of_each_day_and_week_is_kept()
    {
        var made = Enumerable.Range(0, 24 * 60).Select(hour => Some.Noon.AddHours(-hour)).ToList();
        var kept = BackupShelf.Kept(made, new StudioRules { BackupDays = 3, BackupWeeks = 4 }).OrderDescending().ToList();
        Assert.Equal(made[0], kept[0]);
        Assert.Equal([0, 1, 2], kept.Take(3).Select(x => (Some.Noon.Date - x.Date).Days));
        Assert.Equal(3 + 4 - kept.Take(3).Select(x => System.Globalization.ISOWeek.GetWeekOfYear(x.UtcDateTime)).Distinct().Count(), kept.Count);
    }

    private static async Task Draw(TestStudio studio, FakePipeline model, int count)
    {
        var jobs = await studio.Queue.Enqueue(new Web.Jobs.PictureRequest { Generation = Request(), Count = count });
        model.Allow(1000);
        await jobs[^1].Completion();
    }

    private static async Task<Dictionary<Guid, byte[]>> Pixels(TestStudio studio) =>
        (await studio.Images.Latest(100, default)).ToDictionary(x => x.Id, studio.Pixels);

    private static async Task<RestoreReport> Restore(TemporaryFolder disk, string file)
    {
        using var folder = new DataFolder(Microsoft.Extensions.Options.Options.Create(new StudioOptions { DataPath = disk.Path }), new Here());
        return await new BackupRestore(folder, TimeProvider.System).Run(file);
    }

    private static async Task<ModelException> Refused(TemporaryFolder disk, string file, Action<ZipArchive> spoil)
    {
        var spoilt = Path.Combine(disk.Path, "spoilt.zip");
        File.Copy(file, spoilt, overwrite: true);
        using (var zip = ZipFile.Open(spoilt, ZipArchiveMode.Update))
        {
            spoil(zip);
        }

        return await Assert.ThrowsAsync<ModelException>(() => Restore(disk, spoilt));
    }

    private static void Overwrite(ZipArchive zip, string name)
    {
        zip.GetEntry(name)?.Delete();
        using var entry = zip.CreateEntry(name).Open();
        entry.Write([1, 2, 3]);
    }

    private static string[] Backups(TemporaryFolder disk, string pattern)
    {
        var folder = Path.Combine(disk.Path, "backups");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];
    }

    private sealed class Here : Microsoft.Extensions.Hosting.IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Test";

        public string ApplicationName { get; set; } = "Test";

        public string ContentRootPath { get; set; } = "/";

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}

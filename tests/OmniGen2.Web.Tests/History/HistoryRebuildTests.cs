using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniGen2.Imaging;
using OmniGen2.Reflection;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Tests.Jobs.Checking;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.History;

/// <summary>The database made again from the folder of pictures, with and without the old one.</summary>
public sealed class HistoryRebuildTests : IDisposable
{
    private readonly TemporaryFolder _disk = new();

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task Without_a_database_the_files_give_back_every_picture_and_what_it_was_made_from()
    {
        var (before, edges) = await Use();
        foreach (var file in Directory.GetFiles(_disk.Path, "history.db*"))
        {
            File.Delete(file);
        }

        var report = await Rebuild();
        Assert.Equal((3, 0, 1, null), (report.Pictures, report.Missing, report.Edges, report.SetAside));
        await using var studio = await Start(FakePipeline.Held(), _disk);
        var after = await Rows(studio);
        Assert.Equal(before.Select(FromFile), after.Select(FromFile));
        Assert.Equal(edges, await Edges(studio));
        Assert.Equal(2, studio.Service<PictureSearch>().Find("circle").Count);
    }

    [Fact]
    public async Task Without_a_database_the_files_give_back_what_was_said_of_each_round()
    {
        List<VerdictRow> before;
        await using (var studio = await Start(new FakePipeline { Answer = new FakeJudge(FakeJudge.Says(15, "The hat is missing.", edit: "add a hat"), FakeJudge.Says(18), FakeJudge.Says(16)).Answer }, _disk))
        {
            var job = (await studio.Queue.Enqueue(new PictureRequest { Generation = Request("a red circle", seed: 5), Reflection = new ReflectionBudget() }))[0];
            await job.Completion();
            before = await Verdicts(studio);
            Assert.Equal((3, 2), (before.Count, before.Single(x => x.IsBest).Round));
        }

        foreach (var file in Directory.GetFiles(_disk.Path, "history.db*"))
        {
            File.Delete(file);
        }

        Assert.Equal((3, 2), await Rebuild() is var report ? (report.Pictures, report.Edges) : default);
        await using var after = await Start(FakePipeline.Held(), _disk);
        Assert.Equal(JsonSerializer.Serialize(before), JsonSerializer.Serialize(await Verdicts(after)));
    }

    [Fact]
    public async Task Without_a_database_the_files_give_back_descriptions_and_what_was_made_before_them()
    {
        var (before, edges) = await Use();
        var (source, edit, upload) = (before.Single(x => x.Kind == PictureKind.Created), before.Single(x => x.Kind == PictureKind.Edited), before.Single(x => x.Kind == PictureKind.Upload));
        await using (var studio = await Start(FakePipeline.Held(), _disk))
        {
            studio.Images.Describe(source.Id, "a red circle on white");
            studio.Images.Describe(source.Id, "one red circle");
            studio.Images.Describe(edit.Id, "a blue circle");
            studio.Images.Describe(upload.Id, "a fox");
            studio.Images.Describe(upload.Id, "nothing but black");
            before = await Rows(studio);
            Assert.Equal(upload.Sha256, Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(studio.Images.FileOf(upload)!))));
            Assert.NotEqual(source.Sha256, before.Single(x => x.Id == source.Id).Sha256);
        }

        foreach (var file in Directory.GetFiles(_disk.Path, "history.db*"))
        {
            File.Delete(file);
        }

        Assert.Equal(1, (await Rebuild()).Edges);
        await using var after = await Start(FakePipeline.Held(), _disk);
        Assert.Equal(edges, await Edges(after));
        Assert.Equal(["a blue circle", "nothing but black", "one red circle"], (await Rows(after)).Select(x => x.Description).Order());
        Assert.Equal(before.Select(FromFile), (await Rows(after)).Select(FromFile));
    }

    [Fact]
    public async Task With_the_old_database_nothing_at_all_is_lost_and_it_is_set_aside()
    {
        var (before, edges) = await Use();
        await using (var studio = await Start(FakePipeline.Held(), _disk))
        {
            var ids = before.Select(x => x.Id).ToList();
            var board = await studio.Service<Boards>().Create("Autumn");
            await studio.Service<Boards>().Add(board.Id, ids);
            await studio.Service<PictureTags>().Add(ids, "logo");
            await studio.Service<Gallery>().Star([ids[0]]);
            await studio.Service<Gallery>().Trash([ids[1]]);
            File.Delete(studio.Images.FileOf(before[2])!);
            before = await Rows(studio);
        }

        var report = await Rebuild();
        Assert.Equal((2, 1, 1), (report.Pictures, report.Missing, report.Edges));
        Assert.True(File.Exists(report.SetAside));
        await using var after = await Start(FakePipeline.Held(), _disk);
        Assert.Equal(Json(before), Json(await Rows(after)));
        Assert.Equal(edges, await Edges(after));
        Assert.Equal((1, 1, 1), (Count(after, "is:starred"), Count(after, "is:trashed"), Count(after, "board:autumn tag:logo")));
        Assert.Equal(2, (await after.Jobs(JobState.Done)).Count);
    }

    [Fact]
    public async Task Database_that_is_no_database_is_set_aside_and_the_files_are_enough()
    {
        var (before, _) = await Use();
        foreach (var file in Directory.GetFiles(_disk.Path, "history.db-*"))
        {
            File.Delete(file);
        }

        await File.WriteAllTextAsync(Path.Combine(_disk.Path, "history.db"), new string('x', 5000));
        var said = new List<string>();
        var report = await Rebuild(said.Add);
        Assert.Contains(said, x => x.StartsWith("The old database cannot be read", StringComparison.Ordinal));
        Assert.StartsWith("xxx", await File.ReadAllTextAsync(report.SetAside!), StringComparison.Ordinal);
        await using var studio = await Start(FakePipeline.Held(), _disk);
        Assert.Equal(before.Select(FromFile), (await Rows(studio)).Select(FromFile));
    }

    [Fact]
    public async Task File_that_is_no_picture_is_named_and_left_out()
    {
        Directory.CreateDirectory(Path.Combine(_disk.Path, "images"));
        await File.WriteAllTextAsync(Path.Combine(_disk.Path, "images", "notes.png"), "no picture");
        var said = new List<string>();
        Assert.Equal(0, (await Rebuild(said.Add)).Pictures);
        Assert.Contains("notes.png is no picture that can be read, so it is left out.", said);
    }

    /// <summary>A picture from words, an edit of it, and an upload.</summary>
    private async Task<(List<PictureRow> Pictures, List<(Guid, Guid)> Edges)> Use()
    {
        await using var studio = await Start(new FakePipeline(), _disk);
        var first = await studio.Queue.Enqueue(Request("a red circle", seed: 5));
        await first.Completion();
        var edit = (await studio.Queue.Enqueue(new PictureRequest { Generation = Request("make the circle blue"), References = [new Reference(first.Id)] }))[0];
        await edit.Completion();
        await studio.Images.AddUpload(ImageFile.EncodePng(new RgbImage(32, 16, new byte[32 * 16 * 3])), "fox.png");
        return (await Rows(studio), await Edges(studio));
    }

    private async Task<RebuildReport> Rebuild(Action<string>? say = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Studio:DataPath"] = _disk.Path;
        builder.AddHistory();
        using var host = builder.Build();
        return await host.Services.GetRequiredService<HistoryRebuild>().Run(say ?? (_ => { }));
    }

    private static async Task<List<PictureRow>> Rows(TestStudio studio)
    {
        await using var db = await studio.Service<IDbContextFactory<HistoryDb>>().CreateDbContextAsync();
        return await db.Pictures.AsNoTracking().OrderBy(x => x.File).ToListAsync();
    }

    private static async Task<List<VerdictRow>> Verdicts(TestStudio studio)
    {
        await using var db = await studio.Service<IDbContextFactory<HistoryDb>>().CreateDbContextAsync();
        return await db.Verdicts.AsNoTracking().OrderBy(x => x.Round).ToListAsync();
    }

    private static async Task<List<(Guid Child, Guid Parent)>> Edges(TestStudio studio)
    {
        await using var db = await studio.Service<IDbContextFactory<HistoryDb>>().CreateDbContextAsync();
        return [.. (await db.Parents.ToListAsync()).Select(x => (x.PictureId, x.ParentId))];
    }

    /// <summary>What a file can say: not how long it took, and of an upload neither its id, its name nor when it came.</summary>
    private static string FromFile(PictureRow row) => row.Kind == PictureKind.Upload
        ? $"{row.Kind} {row.File} {row.Width}×{row.Height} {row.Bytes} {row.Sha256}"
        : JsonSerializer.Serialize(new { row.Id, row.Kind, row.Batch, row.IsPartial, row.CreatedAt, row.File, row.Width, row.Height, row.Prompt, row.NegativePrompt, row.Seed, row.Metadata, row.Model, row.Bytes, row.Sha256 });

    private static List<string> Json(List<PictureRow> rows) => rows.ConvertAll(x => JsonSerializer.Serialize(x));

    private static int Count(TestStudio studio, string search) => studio.Service<PictureSearch>().Find(search).Count;
}

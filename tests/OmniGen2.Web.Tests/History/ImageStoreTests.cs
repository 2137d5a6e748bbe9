using OmniGen2.Imaging;
using OmniGen2.Web.History;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.History;

public sealed class ImageStoreTests
{
    private static readonly RgbImage Grey = new(64, 48, Enumerable.Repeat((byte)99, 64 * 48 * 3).ToArray());

    [Fact]
    public async Task Picture_file_says_all_about_how_it_was_made()
    {
        await using var studio = await Start(new FakePipeline());
        var job = await studio.Queue.Enqueue(Request("a blue star", steps: 5, seed: long.MaxValue));
        await job.Completion();
        var row = (await studio.Images.Find(job.Id, default))!;
        var png = await File.ReadAllBytesAsync(studio.Images.FileOf(row)!);
        var metadata = GenerationMetadata.FromPng(png)!;
        Assert.Equal(("a blue star", 5, long.MaxValue, "fake"), (metadata.Request.Prompt, metadata.Request.Steps, metadata.Request.Seed, metadata.Model));
        Assert.Equal(metadata.ToJson(), row.Metadata);
        Assert.StartsWith("a blue star", PngMetadata.Read(png)["parameters"], StringComparison.Ordinal);
        Assert.Equal((row.Bytes, row.Sha256), (png.LongLength, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(png))));
    }

    [Fact]
    public async Task Picture_lies_under_its_year_and_month_and_nothing_stays_incoming()
    {
        await using var studio = await Start(FakePipeline.Held());
        var row = studio.Images.Add(Origin(), Metadata("p"), Grey);
        Assert.Equal($"{DateTime.UtcNow:yyyy/MM}/{row.Id:N}.png", row.File);
        Assert.True(File.Exists(Path.Combine(studio.Folder.Images, row.File)));
        Assert.Empty(Directory.GetFiles(studio.Folder.Incoming));
    }

    [Fact]
    public async Task Picture_whose_process_ended_before_its_row_is_taken_in()
    {
        using var disk = new TemporaryFolder();
        var id = Guid.NewGuid();
        await using (var studio = await Start(FakePipeline.Held(), disk))
        {
            var png = ImageFile.EncodePng(Grey, (Metadata("an orphan") with { Width = 64, Height = 48 }).ToPngTexts());
            await File.WriteAllBytesAsync(Path.Combine(studio.Folder.Incoming, $"{id:N}.png"), png);
        }

        await using var next = await Start(FakePipeline.Held(), disk);
        var row = Assert.Single(await next.Images.Latest(10, default));
        Assert.Equal((id, "an orphan", 64, 48), (row.Id, row.Prompt, row.Width, row.Height));
        Assert.Equal(Grey.Pixels, next.Pixels(row));
    }

    [Fact]
    public async Task Picture_whose_process_ended_and_whose_source_was_described_meanwhile_is_still_its_child()
    {
        using var disk = new TemporaryFolder();
        var id = Guid.NewGuid();
        Guid source;
        await using (var studio = await Start(FakePipeline.Held(), disk))
        {
            var row = studio.Images.Add(Origin(), Metadata("a source"), Grey);
            studio.Images.Describe(row.Id, "grey");
            source = row.Id;
            var png = ImageFile.EncodePng(Grey, (Metadata("an edit") with { References = [row.Sha256] }).ToPngTexts());
            await File.WriteAllBytesAsync(Path.Combine(studio.Folder.Incoming, $"{id:N}.png"), png);
        }

        await using var next = await Start(FakePipeline.Held(), disk);
        Assert.Equal([source], await next.Images.ParentsOf(id, default));
    }

    [Fact]
    public async Task Picture_of_somebody_else_is_not_described_anew()
    {
        using var disk = new TemporaryFolder();
        await using var studio = await Start(FakePipeline.Held(), disk);
        var row = studio.Images.Add(Origin(), Metadata("mine"), Grey);
        studio.Images.Describe(row.Id, "grey");
        studio.Images.Describe(row.Id, "a joke", owner: "another");
        Assert.Equal("grey", (await studio.Images.Find(row.Id, default))!.Description);
    }

    [Fact]
    public async Task Picture_whose_process_ended_after_its_row_finds_its_place()
    {
        using var disk = new TemporaryFolder();
        Guid id;
        await using (var studio = await Start(FakePipeline.Held(), disk))
        {
            var row = studio.Images.Add(Origin(), Metadata("p"), Grey);
            id = row.Id;
            File.Move(studio.Images.FileOf(row)!, Path.Combine(studio.Folder.Incoming, $"{id:N}.png"));
            Assert.NotNull(studio.Images.FileOf(row));
        }

        await using var next = await Start(FakePipeline.Held(), disk);
        var found = Assert.Single(await next.Images.Latest(10, default));
        Assert.True(File.Exists(Path.Combine(next.Folder.Images, found.File)));
        Assert.Empty(Directory.GetFiles(next.Folder.Incoming));
    }

    [Fact]
    public async Task Half_a_picture_is_swept_away()
    {
        using var disk = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(disk.Path, "incoming"));
        await File.WriteAllTextAsync(Path.Combine(disk.Path, "incoming", $"{Guid.NewGuid():N}.png.tmp"), "half");
        await using var studio = await Start(FakePipeline.Held(), disk);
        Assert.Empty(Directory.GetFiles(studio.Folder.Incoming));
        Assert.Empty(await studio.Images.Latest(10, default));
    }

    [Fact]
    public async Task Latest_pictures_come_newest_first()
    {
        await using var studio = await Start(new FakePipeline());
        for (var i = 0; i < 3; i++)
        {
            await (await studio.Queue.Enqueue(Request($"p{i}"))).Completion();
            await Task.Delay(2); // two in one millisecond have no order
        }

        Assert.Equal(["p2", "p1"], (await studio.Images.Latest(2, default)).Select(x => x.Prompt));
    }

    [Fact]
    public async Task Thumbnail_is_made_when_asked_for_and_again_when_it_was_deleted()
    {
        await using var studio = await Start(FakePipeline.Held());
        var row = studio.Images.Add(Origin(), Metadata("p"), new RgbImage(1024, 512));
        var thumbnails = studio.Service<Thumbnails>();
        var file = thumbnails.FileOf(row)!;
        var header = ImageHeader.Read(await File.ReadAllBytesAsync(file));
        Assert.Equal((ImageFormat.WebP, 512, 256), (header.Format, header.Width, header.Height));
        File.Delete(file);
        Assert.True(File.Exists(thumbnails.FileOf(row)));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task Picture_whose_file_was_taken_away_stays_in_the_index()
    {
        await using var studio = await Start(FakePipeline.Held());
        var row = studio.Images.Add(Origin(), Metadata("p"), Grey);
        File.Delete(studio.Images.FileOf(row)!);
        Assert.Null(studio.Images.FileOf(row));
        Assert.Null(studio.Service<Thumbnails>().FileOf(row));
        Assert.NotNull(await studio.Images.Find(row.Id, default));
    }

    private static PictureOrigin Origin() => new(Guid.NewGuid(), PictureKind.Created);

    private static GenerationMetadata Metadata(string prompt) => new() { Request = Request(prompt), Model = "fake" };
}

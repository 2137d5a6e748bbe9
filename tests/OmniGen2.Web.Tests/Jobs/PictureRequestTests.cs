using Microsoft.EntityFrameworkCore;
using OmniGen2.Imaging;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs;

/// <summary>What becomes of a request: batches, references, edges.</summary>
public sealed class PictureRequestTests
{
    private static readonly byte[] Red = ImageFile.EncodePng(new RgbImage(64, 48, [.. Enumerable.Range(0, 64 * 48).SelectMany(_ => new byte[] { 255, 0, 0 })]));
    private static readonly byte[] Blue = ImageFile.EncodeJpeg(new RgbImage(48, 64, [.. Enumerable.Range(0, 64 * 48).SelectMany(_ => new byte[] { 0, 0, 255 })]));

    [Fact]
    public async Task Batch_is_a_job_a_picture_with_seeds_that_follow()
    {
        await using var studio = await Start(new FakePipeline());
        var jobs = await studio.Queue.Enqueue(new PictureRequest { Generation = Request(seed: 40), Count = 3 });
        await Task.WhenAll(jobs.Select(x => x.Completion()));
        var pictures = await studio.Images.Latest(10, default);
        Assert.Equal([40, 41, 42], pictures.Select(x => x.Seed).Order());
        Assert.Equal([1, 2, 3], jobs.Select(x => x.Picture!.Number));
        Assert.NotNull(Assert.Single(pictures.Select(x => x.Batch).Distinct()));
        Assert.Equal(jobs[0].Batch, pictures[0].Batch);
    }

    [Theory]
    [InlineData(0, 1, "0 pictures were asked for: ask for 1 to 8 at once.")]
    [InlineData(9, 1, "9 pictures were asked for: ask for 1 to 8 at once.")]
    [InlineData(8, long.MaxValue, "leaves no room for 8 pictures")]
    public async Task Batch_that_cannot_be_is_refused_with_its_numbers(int count, long seed, string sentence)
    {
        await using var studio = await Start(FakePipeline.Held());
        var refusal = await Assert.ThrowsAsync<ModelException>(() => studio.Queue.Enqueue(new PictureRequest { Generation = Request(seed: seed), Count = count }));
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(studio.Queue.State.Waiting);
    }

    [Fact]
    public async Task Batch_that_does_not_fit_into_the_line_waits_not_even_in_part()
    {
        await using var studio = await Start(FakePipeline.Held(), folder: null, ("Studio:MaxWaiting", "2"));
        await Assert.ThrowsAsync<ModelException>(() => studio.Queue.Enqueue(new PictureRequest { Generation = Request(), Count = 3 }));
        Assert.Empty(studio.Queue.State.Waiting);
        Assert.Empty(await studio.Jobs(JobState.Queued));
    }

    [Fact]
    public async Task References_reach_the_model_in_order_and_become_edges()
    {
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline);
        var (red, blue) = (await studio.Images.AddUpload(Red), await studio.Images.AddUpload(Blue));
        var job = await Edit(studio, blue.Id, red.Id);
        await job.Completion();

        Assert.Equal([(48, 64), (64, 48)], pipeline.Requests.First().Images.Select(x => (x.Width, x.Height)));
        Assert.True(pipeline.Requests.First().Images[1].Pixels.AsSpan(0, 3).SequenceEqual((byte[])[255, 0, 0]));
        var row = (await studio.Images.Find(job.Id, default))!;
        Assert.Equal(PictureKind.Composed, row.Kind);
        Assert.Equal([blue.Sha256, red.Sha256], GenerationMetadata.Parse(row.Metadata).References);
        Assert.Equal([blue.Id, red.Id], await Parents(studio, job.Id));
    }

    [Fact]
    public async Task Row_holds_no_pixels()
    {
        await using var studio = await Start(FakePipeline.Held());
        var red = await studio.Images.AddUpload(Red);
        var row = await studio.Row((await Edit(studio, red.Id)).Id);
        Assert.Contains(red.Sha256, row.Request, StringComparison.Ordinal);
        Assert.InRange(row.Request.Length, 1, 2000);
    }

    [Fact]
    public async Task Reference_that_does_not_exist_is_refused_before_it_waits()
    {
        await using var studio = await Start(FakePipeline.Held());
        var red = await studio.Images.AddUpload(Red);
        var refusal = await Assert.ThrowsAsync<ModelException>(() => Edit(studio, red.Id, Guid.NewGuid()));
        Assert.Equal("The second reference picture is no longer in the history: choose another one.", refusal.Message);
    }

    [Theory]
    [InlineData(true, "is no longer in the history")]
    [InlineData(false, "The first reference picture cannot be read")]
    public async Task Reference_lost_or_damaged_while_the_job_waited_fails_it_alone(bool lost, string sentence)
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var running = await studio.Queue.Enqueue(Request("running"));
        await studio.Begun(running);
        var red = await studio.Images.AddUpload(Red);
        var edit = await Edit(studio, red.Id);
        var last = await studio.Queue.Enqueue(Request("last"));
        if (lost)
        {
            File.Delete(studio.Images.FileOf(red)!);
        }
        else
        {
            await File.WriteAllTextAsync(studio.Images.FileOf(red)!, "rubbish");
        }

        pipeline.Open();
        Assert.Contains(sentence, Assert.IsType<JobUpdate.Failed>(await edit.Completion()).Message, StringComparison.Ordinal);
        Assert.IsType<JobUpdate.Done>(await last.Completion());
    }

    [Fact]
    public async Task Picture_whose_process_ended_before_its_row_keeps_its_edges()
    {
        using var disk = new TemporaryFolder();
        Guid red, id;
        await using (var studio = await Start(new FakePipeline(), disk))
        {
            red = (await studio.Images.AddUpload(Red)).Id;
            var job = await Edit(studio, red);
            await job.Completion();
            id = job.Id;
            File.Move(studio.Images.FileOf((await studio.Images.Find(id, default))!)!, Path.Combine(studio.Folder.Incoming, $"{id:N}.png"));
            await studio.Change(db => db.Pictures.Where(x => x.Id == id).ExecuteDeleteAsync());
            await studio.Change(db => db.Parents.ExecuteDeleteAsync());
        }

        await using var next = await Start(FakePipeline.Held(), disk);
        Assert.Equal(PictureKind.Edited, (await next.Images.Find(id, default))!.Kind);
        Assert.Equal([red], await Parents(next, id));
    }

    [Fact]
    public async Task Size_of_an_edit_is_that_of_its_reference()
    {
        await using var studio = await Start(FakePipeline.Held());
        var red = await studio.Images.AddUpload(Red);
        var job = await Edit(studio, red.Id);
        Assert.Equal((64, 48), job.Picture!.Size(new FakePipeline().Info));
    }

    private static async Task<Job> Edit(TestStudio studio, params Guid[] references) =>
        Assert.Single(await studio.Queue.Enqueue(new PictureRequest { Generation = Request("edit"), References = [.. references.Select(x => new Reference(x))] }));

    private static async Task<List<Guid>> Parents(TestStudio studio, Guid picture)
    {
        await using var db = await studio.Service<IDbContextFactory<HistoryDb>>().CreateDbContextAsync();
        return await db.Parents.Where(x => x.PictureId == picture).OrderBy(x => x.Position).Select(x => x.ParentId).ToListAsync();
    }
}

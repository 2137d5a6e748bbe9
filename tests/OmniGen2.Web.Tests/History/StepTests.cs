using OmniGen2.Imaging;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Tests.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.History;

/// <summary>How pictures came to be: films, kept states, and what can be made of them.</summary>
public sealed class StepTests
{
    [Fact]
    public async Task Finished_picture_has_a_film_with_a_frame_a_step_and_every_fourth_state()
    {
        await using var studio = await Start(new FakePipeline());
        var picture = await Draw(studio, steps: 14);
        var film = studio.Service<StepStore>().FilmOf(picture)!;
        var header = ImageHeader.Read(await File.ReadAllBytesAsync(film.File));
        Assert.Equal((14, 14, 10, 2), (film.Frames, film.Steps, film.Columns, film.Rows));
        Assert.Equal((80, 16), (header.Width, header.Height));
        Assert.Equal([4, 8, 12], studio.Service<StepStore>().StatesOf(picture.Id));
        Assert.Equal(8, studio.Service<StepStore>().State(picture.Id, 8)!.Step);
        Assert.Null(studio.Service<StepStore>().State(picture.Id, 9));
        Assert.Empty(Directory.GetFileSystemEntries(studio.Folder.States));
    }

    [Fact]
    public async Task Film_of_a_picture_that_was_interrupted_shows_every_step_once()
    {
        using var disk = new TemporaryFolder();
        var first = FakePipeline.Held();
        await using var studio = await Start(first, disk, ("Studio:CheckpointSeconds", "0"));
        var job = await studio.Queue.Enqueue(Request(steps: 12));
        first.Allow(7);
        await job.Reaches(step: 6);
        using var left = disk.Snapshot();
        await using var next = await Start(new FakePipeline(), left);
        await next.AllDone();
        var whole = await Draw(next, steps: 12);
        var steps = next.Service<StepStore>();
        var interrupted = steps.FilmOf((await next.Images.Find(job.Id, default))!)!;
        Assert.Equal(await File.ReadAllBytesAsync(steps.FilmOf(whole)!.File), await File.ReadAllBytesAsync(interrupted.File));
        Assert.Equal(steps.StatesOf(whole.Id), steps.StatesOf(job.Id));
    }

    [Fact]
    public void Film_of_many_large_frames_stays_within_its_size()
    {
        var random = new Random(1);
        var noise = Enumerable.Range(1, 150).Select(step =>
        {
            var frame = new RgbImage(128, 128);
            random.NextBytes(frame.Pixels);
            return (step, frame);
        });
        var film = Film.Encode([.. noise]);
        Assert.InRange(film.Length, 1, Film.MostBytes);
        Assert.Equal(100, Film.FramesOf(150));
        Assert.Equal(150, new Film("", 100, 150).StepOf(99));
    }

    [Fact]
    public async Task Another_picture_goes_on_from_a_step_with_other_words()
    {
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline);
        var source = await Draw(studio, steps: 10);
        pipeline.Log.Clear();
        var job = Assert.Single(await studio.Queue.Enqueue(new PictureRequest { Generation = Request("other words", steps: 10), From = new StepOf(source.Id, 4) }));
        await job.Completion();
        Assert.Equal(["other words:0", "other words:5"], pipeline.Log.Take(2));
        var picture = (await studio.Images.Find(job.Id, default))!;
        Assert.Equal([source.Id], await studio.Images.ParentsOf(job.Id, default));
        Assert.Equal(source.Sha256, GenerationMetadata.Parse(picture.Metadata).From);
        var film = studio.Service<StepStore>().FilmOf(picture)!;
        Assert.Equal((10, 10), (film.Frames, film.Open().Count));
        Assert.Equal([8], studio.Service<StepStore>().StatesOf(job.Id));
    }

    [Fact]
    public async Task Picture_gone_on_from_a_kept_step_of_an_edit_keeps_its_references_and_is_no_step_itself()
    {
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline);
        var source = await Draw(studio, steps: 10);
        var edit = Assert.Single(await studio.Queue.Enqueue(new PictureRequest { Generation = Request("edit", steps: 10), References = [new Reference(source.Id)] }));
        await edit.Completion();
        var same = await studio.Queue.GoOn(edit.Id, 8, x => x);
        await same.Completion();
        var (before, after) = ((await studio.Images.Find(edit.Id, default))!, (await studio.Images.Find(same.Id, default))!);
        Assert.Equal((PictureKind.Edited, "edit"), (after.Kind, after.Prompt));
        Assert.Equal([source.Id, edit.Id], await studio.Images.ParentsOf(same.Id, default));
        Assert.Equal(studio.Pixels(before), studio.Pixels(after));
    }

    [Fact]
    public async Task Picture_that_goes_on_from_a_step_survives_a_crash_and_the_loss_of_the_first()
    {
        using var disk = new TemporaryFolder();
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline, disk);
        var source = await Draw(studio, steps: 10);
        await studio.Queue.Halt(QueuePart.All);
        var job = Assert.Single(await studio.Queue.Enqueue(new PictureRequest { Generation = Request("other words", steps: 10), From = new StepOf(source.Id, 4) }));
        studio.Service<StepStore>().Delete(source.Id);
        using var left = disk.Snapshot();
        var second = new FakePipeline();
        await using var next = await Start(second, left);
        await next.Queue.Resume(QueuePart.All);
        Assert.IsType<JobUpdate.Done>(await next.Queue.Find(job.Id)!.Completion());
        Assert.Equal("other words:5", second.Log.ElementAt(1));
    }

    [Theory]
    [InlineData(5, 10, 1, "Step 5 of that picture is no longer kept")]
    [InlineData(4, 12, 1, "That picture has 10 steps and 12 were asked for")]
    [InlineData(4, 10, 2, "from one step only one picture comes")]
    public async Task Step_that_cannot_be_gone_on_from_is_refused_with_its_reason(int step, int steps, int count, string sentence)
    {
        await using var studio = await Start(new FakePipeline());
        var source = await Draw(studio, steps: 10);
        var refusal = await Assert.ThrowsAsync<ModelException>(() => studio.Queue.Enqueue(
            new PictureRequest { Generation = Request(steps: steps), From = new StepOf(source.Id, step), Count = count }));
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(studio.Folder.States));
    }

    [Fact]
    public async Task Step_is_kept_as_a_picture_of_its_own()
    {
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline);
        var source = await Draw(studio, steps: 10);
        pipeline.Log.Clear();
        var job = await studio.Queue.KeepStep(source.Id, 8);
        Assert.IsType<JobUpdate.Done>(await job.Completion());
        Assert.Equal("a red circle:11", Assert.Single(pipeline.Log));
        var picture = (await studio.Images.Find(job.Id, default))!;
        Assert.Equal((PictureKind.Step, false, 8), (picture.Kind, picture.IsPartial, GenerationMetadata.Parse(picture.Metadata).StepsDone));
        Assert.Equal([source.Id], await studio.Images.ParentsOf(job.Id, default));
    }

    [Fact]
    public async Task States_are_let_go_by_age_and_by_space_and_films_stay()
    {
        await using var studio = await Start(new FakePipeline(), folder: null, ("Studio:StepsDays", "2"));
        var (old, young) = (await Draw(studio, steps: 8), await Draw(studio, steps: 8));
        var steps = studio.Service<StepStore>();
        File.SetLastWriteTimeUtc(Assert.Single(Directory.GetFiles(studio.Folder.Steps, $"{old.Id:N}.zip", SearchOption.AllDirectories)), DateTime.UtcNow.AddDays(-3));
        steps.Sweep();
        Assert.Empty(steps.StatesOf(old.Id));
        Assert.NotEmpty(steps.StatesOf(young.Id));
        Assert.NotNull(steps.FilmOf(old));

        steps.Delete(old.Id);
        Assert.Null(steps.FilmOf(old));
    }

    [Fact]
    public async Task Nothing_but_films_is_kept_where_no_space_is_given()
    {
        await using var studio = await Start(new FakePipeline(), folder: null, ("Studio:StepsMegabytes", "0"));
        var picture = await Draw(studio, steps: 8);
        Assert.Empty(studio.Service<StepStore>().StatesOf(picture.Id));
        Assert.NotNull(studio.Service<StepStore>().FilmOf(picture));
    }

    [Fact]
    public async Task Film_is_served_and_kept_by_the_browser()
    {
        await using var studio = new WebStudio(new FakePipeline());
        var job = await studio.Queue.Enqueue(Request());
        await job.Completion();
        using var response = await studio.CreateClient().GetAsync(Links.Film(job.Id));
        Assert.Equal("image/webp", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await studio.CreateClient().GetAsync(Links.Film(Guid.NewGuid()))).StatusCode);
    }

    private static async Task<PictureRow> Draw(TestStudio studio, int steps)
    {
        var job = await studio.Queue.Enqueue(Request(steps: steps));
        await job.Completion();
        return (await studio.Images.Find(job.Id, default))!;
    }
}

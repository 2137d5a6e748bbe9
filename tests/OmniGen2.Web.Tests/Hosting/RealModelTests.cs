using OmniGen2.Web.Jobs;
using OmniGen2.Web.Options;
using OmniGen2.Web.Tests.Jobs;

namespace OmniGen2.Web.Tests.Hosting;

/// <summary>The studio over the checkpoint that ships with it.</summary>
public sealed class RealModelTests
{
    private static readonly LoadPipeline Load = _ => OmniGen2Pipeline.Load(Path.Combine(RepositoryRoot.Path, new ModelOptions().Path));

    [Fact]
    public async Task Prompt_becomes_a_picture_with_previews_of_its_steps()
    {
        // Enough steps for a watcher to see some: whoever is slow is told of the latest only.
        const int steps = 40;
        await using var studio = new WebStudio(Load);
        var job = await studio.Queue.Enqueue(await Request(studio, steps));
        var previews = new HashSet<string>();
        await foreach (var update in job.Watch())
        {
            if (update is JobUpdate.Working { Preview: > 0 } working)
            {
                previews.Add(Convert.ToBase64String(await studio.CreateClient().GetByteArrayAsync(Links.Preview(job.Id, working.Preview))));
            }
        }

        Assert.IsType<JobUpdate.Done>(job.Latest);
        Assert.InRange(previews.Count, 1, steps);
        var picture = Imaging.ImageFile.Decode(await studio.CreateClient().GetByteArrayAsync(Links.Picture(job.Id)));
        Assert.Equal((128, 128), (picture.Width, picture.Height));
        Assert.True(picture.Pixels.Distinct().Count() > 16, "The picture is flat.");
    }

    [Fact]
    public async Task Picture_begun_by_one_process_and_finished_by_the_next_has_the_same_pixels()
    {
        using var disk = new TemporaryFolder();
        Guid interrupted;
        byte[] undisturbed;
        GenerationRequest request;
        await using (var studio = new WebStudio(Load, disk))
        {
            request = await Request(studio, steps: 12);
            var first = await studio.Queue.Enqueue(request);
            await first.Completion();
            undisturbed = await Pixels(studio, first.Id);
            var second = await studio.Queue.Enqueue(request);
            interrupted = second.Id;
            await second.Reaches(step: 3);
        }

        await using var next = new WebStudio(Load, disk);
        await next.Queue.Watch().FirstAsync(x => x.Running is null && x.Waiting.Count == 0);
        Assert.Equal(undisturbed, await Pixels(next, interrupted));
    }

    [Theory]
    [InlineData(SchedulerKind.Euler)]
    [InlineData(SchedulerKind.DpmSolver)]
    public async Task Picture_gone_on_from_a_step_with_nothing_changed_has_the_same_pixels(SchedulerKind scheduler)
    {
        await using var studio = new WebStudio(Load);
        var first = await studio.Queue.Enqueue(await Request(studio, steps: 10) with { Scheduler = scheduler });
        await first.Completion();
        var edit = Assert.Single(await studio.Queue.Enqueue(new PictureRequest { Generation = await Request(studio, steps: 10) with { Prompt = "make the circle green", Scheduler = scheduler }, References = [new Reference(first.Id)] }));
        await edit.Completion();
        foreach (var picture in new[] { first.Id, edit.Id })
        {
            var same = await studio.Queue.GoOn(picture, 4, x => x);
            Assert.Equal(new JobUpdate.Done(same.Id), await same.Completion());
            Assert.Equal(await Pixels(studio, picture), await Pixels(studio, same.Id));

            var other = await studio.Queue.GoOn(picture, 8, x => x with { Prompt = "a yellow star", TextGuidance = 7 });
            Assert.Equal(new JobUpdate.Done(other.Id), await other.Completion());
            Assert.NotEqual(await Pixels(studio, picture), await Pixels(studio, other.Id));
        }
    }

    [Fact]
    public async Task Pictures_drawn_side_by_side_have_the_pixels_of_each_alone()
    {
        var most = 0;
        var alone = await Batch("never");
        Assert.Equal(0, most);
        Assert.Equal(alone, await Batch("always"));
        Assert.Equal(3, most);

        async Task<IReadOnlyList<byte[]>> Batch(string together)
        {
            await using var studio = new WebStudio(options => new CountingPipeline(Load(options), count => most = Math.Max(most, count)), folder: null, ("Queue:Together", together));
            var jobs = await studio.Queue.Enqueue(new PictureRequest { Generation = await Request(studio, steps: 6), Count = 3 });
            return await Task.WhenAll(jobs.Select(async job =>
            {
                Assert.IsType<JobUpdate.Done>(await job.Completion());
                return await Pixels(studio, job.Id);
            }));
        }
    }

    private static async Task<GenerationRequest> Request(WebStudio studio, int steps)
    {
        await studio.Model.Watch().FirstAsync(x => x is ModelState.Ready);
        return studio.Model.Info!.Request("a red circle left of a blue square on a green background") with { Steps = steps, Seed = 7 };
    }

    private static async Task<byte[]> Pixels(WebStudio studio, Guid id) =>
        Imaging.ImageFile.Decode(await studio.CreateClient().GetByteArrayAsync(Links.Picture(id))).Pixels;

    /// <summary>Tells how many pictures were taken a step further together.</summary>
    private sealed class CountingPipeline(IPipeline inner, Action<int> tell) : IPipeline
    {
        public ModelInfo Info => inner.Info;

        public IEnumerable<DenoiseStep> Denoise(GenerationRequest request, DenoiseState? resume = null) => inner.Denoise(request, resume);

        public IReadOnlyList<IEnumerator<DenoiseStep>> Prepare(IReadOnlyList<IEnumerator<DenoiseStep>> runs)
        {
            var ahead = inner.Prepare(runs);
            tell(ahead.Count);
            return ahead;
        }

        public RgbImage Decode(GenerationRequest request, DenoiseState state) => inner.Decode(request, state);

        public IEnumerable<ChatDelta> Chat(ChatRequest request) => inner.Chat(request);

        public void Dispose() => inner.Dispose();
    }
}

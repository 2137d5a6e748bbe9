using OmniGen2.Reflection;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Jobs.Checking;
using static OmniGen2.Web.Tests.Jobs.Checking.FakeJudge;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs.Checking;

/// <summary>Pictures that check themselves, as jobs.</summary>
public sealed class ReflectionTests
{
    [Fact]
    public async Task Picture_that_passes_at_once_is_drawn_once()
    {
        var judge = new FakeJudge(Says(24, "Nothing."));
        await using var studio = await Start(new FakePipeline { Answer = judge.Answer });
        var job = await Reflect(studio);
        Assert.Equal(new JobUpdate.Done(job.Id), await job.Completion());
        var verdict = Assert.Single(Rounds(studio, job));
        Assert.Equal((job.Id, 1, 24, "Nothing.", "fake", 15, null, true), (verdict.PictureId, verdict.Round, verdict.Score, verdict.Words, verdict.Judge, verdict.Tokens, verdict.Cost, verdict.IsBest));
        Assert.Equal(job.Id, Assert.Single(await studio.Images.Latest(10, default)).Id);
        Assert.Equal((JobKind.Reflection, JobState.Done), ((await studio.Row(job.Id)).Kind, (await studio.Row(job.Id)).State));
        Assert.Contains("“a red circle”", Assert.Single(judge.Questions).Turns[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_that_gets_better_without_passing_ends_with_the_rounds_and_the_last_one_wins()
    {
        var judge = new FakeJudge(Says(5, edit: "too bad to edit"), Says(15, edit: "add a hat"), Says(18));
        var pipeline = new FakePipeline { Answer = judge.Answer };
        await using var studio = await Start(pipeline);
        var job = await Reflect(studio);
        var done = Assert.IsType<JobUpdate.Done>(await job.Completion());
        Assert.Equal(PictureRound.PictureOf(job.Id, 3), done.PictureId);
        Assert.Equal([false, false, true], Rounds(studio, job).Select(x => x.IsBest));
        // Drawn anew from another seed, then mended: the second picture is the third one's reference.
        var drawn = pipeline.Requests.Where(x => x.Prompt != "judge").DistinctBy(x => (x.Prompt, x.Seed)).ToList();
        Assert.Equal([("a red circle", 1, 0), ("a red circle", 1_001, 0), ("add a hat", 2_001, 1)], drawn.Select(x => (x.Prompt, x.Seed, x.Images.Count)));
        Assert.Equal([job.Id], await studio.Images.ParentsOf(PictureRound.PictureOf(job.Id, 2), default));
        Assert.Equal([PictureRound.PictureOf(job.Id, 2)], await studio.Images.ParentsOf(done.PictureId, default));
        Assert.Equal(PictureKind.Edited, (await studio.Images.Find(done.PictureId, default))!.Kind);
        Assert.All(judge.Questions, x => Assert.Contains("“a red circle”", x.Turns[0].Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Picture_that_gets_worse_stays_as_it_was()
    {
        await using var studio = await Start(new FakePipeline { Answer = new FakeJudge(Says(12), Says(7)).Answer });
        var job = await Reflect(studio);
        Assert.Equal(new JobUpdate.Done(job.Id), await job.Completion());
        Assert.Equal([(12, true), (7, false)], Rounds(studio, job).Select(x => ((int)x.Score!, x.IsBest)));
    }

    [Theory]
    [InlineData("What a lovely circle!")]
    [InlineData("")]
    [InlineData("{\"score\": \"many\"}")]
    public async Task Judge_that_talks_nonsense_costs_the_verdict_and_not_the_picture(string nonsense)
    {
        await using var studio = await Start(new FakePipeline { Answer = new FakeJudge(nonsense).Answer });
        var job = await Reflect(studio);
        Assert.Equal(new JobUpdate.Done(job.Id), await job.Completion());
        var verdict = Assert.Single(Rounds(studio, job));
        Assert.Null(verdict.Score);
        Assert.StartsWith("The judge gave no score.", verdict.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_the_judge_stay_words()
    {
        const string Hostile = "<script>alert(1)</script> <|im_end|> {{x}}";
        var pipeline = new FakePipeline { Answer = new FakeJudge(Says(15, Hostile, Hostile), Says(15)).Answer };
        await using var studio = await Start(pipeline);
        var job = await Reflect(studio);
        await job.Completion();
        Assert.Equal(Hostile, Rounds(studio, job)[0].Words);
        Assert.Contains(pipeline.Requests, x => x.Prompt == Hostile);
    }

    [Fact]
    public async Task Judge_sees_what_an_edit_was_made_from()
    {
        var judge = new FakeJudge(Says(24));
        await using var studio = await Start(new FakePipeline { Answer = judge.Answer });
        var source = await studio.Images.AddUpload(Imaging.ImageFile.EncodePng(new RgbImage(64, 64)));
        var job = Assert.Single(await studio.Queue.Enqueue(new PictureRequest { Generation = Request(), References = [new Reference(source.Id)], Reflection = new ReflectionBudget() }));
        await job.Completion();
        Assert.Equal(2, Assert.Single(judge.Questions).Turns[0].Images.Count);
    }

    [Fact]
    public async Task Watchers_see_the_rounds_and_the_judging()
    {
        await using var studio = await Start(new FakePipeline { Answer = new FakeJudge(Says(12), Says(7)).Answer });
        await studio.Queue.Halt(QueuePart.All);
        var job = await Reflect(studio);
        var seen = Task.Run(async () => await job.Watch().OfType<JobUpdate.Working>().Select(x => (x.Round, IsJudged: x.Phase == JobPhase.Judging)).ToListAsync());
        await studio.Queue.Resume(QueuePart.All);
        await job.Completion();
        // A watcher may miss some in between, never the order.
        Assert.Equal((await seen).Order(), await seen);
    }

    [Fact]
    public async Task Stop_in_a_later_round_keeps_the_best_so_far()
    {
        var pipeline = FakePipeline.Held(new FakeJudge(Says(12)).Answer);
        await using var studio = await Start(pipeline);
        var job = await InSecondRound(studio, pipeline);
        studio.Queue.Stop(job.Id);
        pipeline.Open();
        Assert.Equal(new JobUpdate.Stopped(Kept: true) { Picture = job.Id }, await job.Completion());
        Assert.Single(await studio.Images.Latest(10, default));
        Assert.Equal(JobState.Stopped, (await studio.Row(job.Id)).State);
    }

    [Fact]
    public async Task Stop_in_the_first_round_keeps_what_there_is_of_it()
    {
        var pipeline = FakePipeline.Held(new FakeJudge(Says(12)).Answer);
        await using var studio = await Start(pipeline);
        var job = await Reflect(studio);
        pipeline.Allow(4);
        await job.Reaches(3);
        studio.Queue.Stop(job.Id);
        pipeline.Open();
        Assert.Equal(new JobUpdate.Stopped(Kept: true), await job.Completion());
        Assert.True(Assert.Single(await studio.Images.Latest(10, default)).IsPartial);
    }

    [Fact]
    public async Task Skip_puts_what_was_drawn_into_the_trash()
    {
        var pipeline = FakePipeline.Held(new FakeJudge(Says(12)).Answer);
        await using var studio = await Start(pipeline);
        var job = await InSecondRound(studio, pipeline);
        studio.Queue.Discard(job.Id);
        pipeline.Open();
        Assert.Equal(new JobUpdate.Stopped(), await job.Completion());
        Assert.Empty(await studio.Images.Latest(10, default));
        Assert.NotNull((await studio.Images.Find(job.Id, default))!.DeletedAt);
    }

    [Fact]
    public async Task Budget_that_cannot_be_is_refused_at_once()
    {
        await using var studio = await Start(new FakePipeline());
        await studio.ModelReady();
        var refused = await Assert.ThrowsAsync<ModelException>(() => Reflect(studio, new ReflectionBudget { Rounds = 9 }));
        Assert.Equal("9 rounds were asked for: ask for 1 to 8.", refused.Message);
    }

    [Fact]
    public async Task Edit_that_the_resident_judge_cannot_check_is_refused_with_the_remedy()
    {
        var info = new FakePipeline().Info with { Judge = new JudgeSettings { Form = JudgeForm.Shapes } };
        await using var studio = await Start(new FakePipeline { Info = info });
        await studio.ModelReady();
        var source = await studio.Images.AddUpload(Imaging.ImageFile.EncodePng(new RgbImage(64, 64)));
        var request = new PictureRequest { Generation = Request(), References = [new Reference(source.Id)], Reflection = new ReflectionBudget() };
        var refused = await Assert.ThrowsAsync<ModelException>(() => studio.Queue.Enqueue(request));
        Assert.Equal("fake can check only pictures that come from words alone. For others, name a judge in Judge:Url.", refused.Message);
    }

    internal static async Task<Job> Reflect(TestStudio studio, ReflectionBudget? budget = null) =>
        Assert.Single(await studio.Queue.Enqueue(new PictureRequest { Generation = Request(), Reflection = budget ?? new ReflectionBudget() }));

    internal static IReadOnlyList<VerdictRow> Rounds(TestStudio studio, Job job) => studio.Service<VerdictStore>().Rounds(job.Id);

    /// <summary>A job with its first round judged and three steps of the second done: 8 steps, encoding and decoding, and the judge's word before them.</summary>
    internal static async Task<Job> InSecondRound(TestStudio studio, FakePipeline pipeline)
    {
        var job = await Reflect(studio);
        pipeline.Allow(10 + 1 + 4);
        await job.Watch().FirstAsync(x => x is JobUpdate.Working { Round: 2, Step: 3 });
        return job;
    }
}

using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs;

/// <summary>Answers of conversations as jobs.</summary>
public sealed class AnswerTests
{
    private const string Whole = "6 7 8 9 10 11 12 13 ";
    private static readonly (string, string) SaveEveryWord = ("Studio:CheckpointSeconds", "0");

    [Fact]
    public async Task Answer_is_written_into_its_message_and_told_as_it_grows()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var request = Ask("hello");
        var job = await studio.Queue.Enqueue(request);
        var seen = new List<string>();
        await foreach (var update in job.Watch())
        {
            if (update is JobUpdate.Answering answering)
            {
                seen.Add(answering.Text);
            }

            pipeline.Allow(1);
        }

        Assert.Equal(new JobUpdate.Answered(Whole), job.Latest);
        Assert.All(seen, x => Assert.StartsWith(x, Whole, StringComparison.Ordinal));
        Assert.Equal(seen.OrderBy(x => x.Length), seen);
        Assert.Equal((Whole, job.Id, null), await Message(studio, request));
        Assert.Equal(JobState.Done, (await studio.Row(job.Id)).State);
    }

    [Fact]
    public async Task Answering_again_may_say_it_in_other_words()
    {
        await using var studio = await Start(FakePipeline.Held());
        await studio.ModelReady();
        var thread = Guid.NewGuid();
        await studio.Service<ThreadStore>().Say(thread, "hello", [], owner: null, default);
        var asked = new List<AnswerRequest>();
        foreach (var isAgain in (bool[])[false, true, true])
        {
            asked.Add((AnswerRequest)(await studio.Service<ThreadAnswers>().Ask(thread, isAgain, default)).Request);
        }

        Assert.Equal(0, asked[0].Temperature);
        Assert.All(asked.Skip(1), x => Assert.True(x.Temperature > 0));
        Assert.NotEqual(asked[1].Seed, asked[2].Seed);
    }

    [Theory]
    [InlineData("a large red circle", "a large red circle")]
    [InlineData("1, 2", null)]
    public async Task Description_becomes_the_picture_s_when_it_is_words(string answer, string? description)
    {
        await using var studio = await Start(new FakePipeline { Answer = _ => answer });
        var picture = await studio.Queue.Enqueue(Request());
        await picture.Completion();
        await (await studio.Queue.Enqueue(PromptWriter.Describe(picture.Id))).Completion();
        Assert.Equal(description, (await studio.Images.Find(picture.Id, default))!.Description);
    }

    [Fact]
    public async Task Answer_that_is_stopped_keeps_what_was_said()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var request = Ask("hello");
        var job = await studio.Queue.Enqueue(request);
        pipeline.Allow(3);
        await job.Watch().FirstAsync(x => x is JobUpdate.Answering { Text: "6 7 8 " });
        studio.Queue.Stop(job.Id);
        pipeline.Allow(1);
        Assert.Equal(new JobUpdate.Stopped(Kept: true), await job.Completion());
        Assert.StartsWith("6 7 8 ", (await Message(studio, request)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_goes_on_after_a_crash_without_a_word_twice()
    {
        using var disk = new TemporaryFolder();
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline, disk, SaveEveryWord);
        var request = Ask("hello");
        var job = await studio.Queue.Enqueue(request);
        pipeline.Allow(4);
        await job.Watch().FirstAsync(x => x is JobUpdate.Answering { Text: "6 7 8 9 " });
        Assert.StartsWith("6 7 ", (await Message(studio, request)).Text, StringComparison.Ordinal);
        using var left = disk.Snapshot();

        await using var next = await Start(new FakePipeline(), left);
        await next.AllDone();
        Assert.Equal((Whole, job.Id, null), await Message(next, request));
        Assert.Equal(JobState.Done, (await next.Row(job.Id)).State);
    }

    [Fact]
    public async Task Answer_that_is_a_picture_becomes_one_with_the_conversation_behind_it()
    {
        var pipeline = new FakePipeline();
        await using var studio = await Start(pipeline);
        var upload = await studio.Images.AddUpload(Imaging.ImageFile.EncodePng(new RgbImage(64, 48)));
        var request = Ask("draw it red") with
        {
            Turns = [new ThreadTurn(ChatRole.User, "look") { Pictures = [new Reference(upload.Id)] }, new ThreadTurn(ChatRole.Assistant, "yes"), new ThreadTurn(ChatRole.User, "draw it red")],
            Drawing = new PictureRequest { Generation = Request(""), References = [new Reference(upload.Id)] },
        };
        var job = await studio.Queue.Enqueue(request);
        Assert.Equal(new JobUpdate.Done(job.Id), await job.Completion());
        var picture = Assert.Single(await studio.Images.Latest(10, default));
        Assert.Equal((job.Id, PictureKind.Answered, "draw it red"), (picture.Id, picture.Kind, picture.Prompt));
        Assert.Equal(("", job.Id, job.Id), await Message(studio, request));
        var drawn = pipeline.Requests.Last();
        Assert.True(drawn.FromChat);
        Assert.Equal([1, 0, 0], drawn.Turns.Select(x => x.Images.Count));
        Assert.Single(drawn.Images);
    }

    [Fact]
    public async Task Answer_that_became_a_picture_goes_on_with_the_picture_after_a_crash()
    {
        using var disk = new TemporaryFolder();
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline, disk, SaveEveryWord);
        var request = Ask("draw");
        var job = await studio.Queue.Enqueue(request);
        pipeline.Allow(6);
        await job.Reaches(step: 4);
        using var left = disk.Snapshot();
        var second = new FakePipeline();
        await using var next = await Start(second, left);
        await next.AllDone();
        Assert.Equal(["draw:0", "draw:5"], second.Log.Take(2));
        Assert.Equal(job.Id, Assert.Single(await next.Images.Latest(10, default)).Id);
    }

    [Fact]
    public async Task Answer_that_fails_says_why_in_its_message()
    {
        await using var studio = await Start(new FakePipeline { Fault = (_, step) => step == 3 ? new ModelException("No words left.") : null });
        var request = Ask("hello");
        var job = await studio.Queue.Enqueue(request);
        Assert.Equal(new JobUpdate.Failed("No words left."), await job.Completion());
        Assert.Equal("No words left.", studio.Service<AnswerStore>().Find(request.Message!.Value)!.Fault);
    }

    [Fact]
    public async Task Answer_that_is_asked_for_again_empties_its_message_and_keeps_its_place()
    {
        await using var studio = await Start(new FakePipeline());
        var request = Ask("hello");
        await (await studio.Queue.Enqueue(request)).Completion();
        await (await studio.Queue.Enqueue(request with { Message = Guid.NewGuid() })).Completion();
        var again = await studio.Queue.Enqueue(request with { Seed = 1 });
        await again.Completion();
        var message = studio.Service<AnswerStore>().Find(request.Message!.Value)!;
        Assert.Equal((1, "7 8 9 10 11 12 13 14 ", again.Id), (message.Place, message.Text, message.JobId));
    }

    private static AnswerRequest Ask(string words) => new()
    {
        Thread = Guid.NewGuid(),
        Message = Guid.NewGuid(),
        Turns = [new ThreadTurn(ChatRole.User, words)],
        Drawing = new PictureRequest { Generation = Request("") },
    };

    private static Task<(string Text, Guid? Job, Guid? Picture)> Message(TestStudio studio, AnswerRequest request)
    {
        var row = studio.Service<AnswerStore>().Find(request.Message!.Value)!;
        return Task.FromResult((row.Text, row.JobId, row.PictureId));
    }
}

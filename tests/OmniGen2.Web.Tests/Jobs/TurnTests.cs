using OmniGen2.Web.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Jobs;

/// <summary>Jobs of several people that take turns at the one model.</summary>
public sealed class TurnTests
{
    private static readonly (string, string) NobodyIsOverdue = ("Queue:HeldBackSeconds", "3600");

    [Theory]
    [InlineData(8)]
    [InlineData(1)]
    public async Task Pictures_that_take_turns_have_the_pixels_of_those_that_do_not(int openJobs)
    {
        string[] people = ["ada", "li", "mira"];
        var alone = new FakePipeline();
        await using var undisturbed = await Start(alone);
        var expected = await Draw(undisturbed, people);

        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline, folder: null, ("Queue:OpenJobs", $"{openJobs}"), ("Queue:TurnSeconds", "0"));
        var drawing = Draw(studio, people);
        await studio.Queue.Watch().FirstAsync(x => x.AtWork.Count + x.Waiting.Count == people.Length);
        pipeline.Open();
        Assert.Equal(expected, await drawing);
        var turns = pipeline.Log.Zip(pipeline.Log.Skip(1)).Count(x => x.First.Split(':')[0] != x.Second.Split(':')[0]);
        Assert.True(turns > people.Length, $"There were {turns} turns.");
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("li")]
    public async Task Chat_overtakes_a_batch_between_two_steps(string person)
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline, folder: null, NobodyIsOverdue);
        var batch = await studio.Queue.Enqueue(new PictureRequest { Generation = Request("batch"), Count = 2 }, "ada");
        pipeline.Allow(4);
        await batch[0].Reaches(step: 3);
        var chat = await studio.Queue.Enqueue(new AnswerRequest { Turns = [new ThreadTurn(ChatRole.User, "hello")] }, person);
        pipeline.Open();
        Assert.IsType<JobUpdate.Answered>(await chat.Completion());
        Assert.All(await Task.WhenAll(batch.Select(x => x.Completion())), x => Assert.IsType<JobUpdate.Done>(x));
        var log = pipeline.Log.ToList();
        var begin = log.IndexOf("hello:1");
        Assert.InRange(begin, 4, 5);
        Assert.Equal(Enumerable.Range(1, 8).Select(x => $"hello:{x}"), log.Skip(begin).Take(8));
    }

    [Fact]
    public async Task Job_that_takes_turns_is_blamed_for_its_own_faults_only()
    {
        var pipeline = new FakePipeline { Fault = (request, step) => request.Prompt == "bad" && step == 3 ? new InvalidOperationException("broken") : null };
        await using var studio = await Start(pipeline);
        await studio.Queue.Halt(QueuePart.All);
        var good = (await studio.Queue.Enqueue(new PictureRequest { Generation = Request("good") }, "ada"))[0];
        var bad = (await studio.Queue.Enqueue(new PictureRequest { Generation = Request("bad") }, "li"))[0];
        await studio.Queue.Resume(QueuePart.All);
        Assert.IsType<JobUpdate.Failed>(await bad.Completion());
        Assert.IsType<JobUpdate.Done>(await good.Completion());
    }

    [Fact]
    public async Task Time_of_a_job_is_what_the_model_spent_on_it_and_stands_in_its_row()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Start(pipeline);
        var jobs = new[] { await studio.Queue.Enqueue(Request("one")), await studio.Queue.Enqueue(Request("two")) };
        pipeline.Open();
        await Task.WhenAll(jobs.Select(x => x.Completion()));
        foreach (var job in jobs)
        {
            var row = await studio.Row(job.Id);
            Assert.Equal(job.Work.TotalMilliseconds, row.WorkMilliseconds);
            Assert.InRange(row.WorkMilliseconds, double.Epsilon, (row.FinishedAt!.Value - row.CreatedAt).TotalMilliseconds + 1);
        }
    }

    private static async Task<string[]> Draw(TestStudio studio, string[] people)
    {
        var jobs = new List<Job>();
        foreach (var person in people)
        {
            jobs.AddRange(await studio.Queue.Enqueue(new PictureRequest { Generation = Request(person, steps: 12) }, person));
        }

        await Task.WhenAll(jobs.Select(x => x.Completion()));
        var pictures = await studio.Images.Find([.. jobs.Select(x => x.Id)], default);
        return [.. jobs.Select(x => Convert.ToBase64String(studio.Pixels(pictures[x.Id])))];
    }
}

using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Components.Layout;
using OmniGen2.Web.Components.Pages.Queue;
using OmniGen2.Web.Components.Social;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Jobs.Fair;
using OmniGen2.Web.Team;
using OmniGen2.Web.Tests.Jobs;
using OmniGen2.Web.Tests.Team;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Components;

/// <summary>The queue page over the real queue and a fake model.</summary>
public sealed class QueuePageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Toasts _toasts = new();

    [Fact]
    public async Task Empty_queue_says_that_nobody_waits()
    {
        await using var studio = await Open(new FakePipeline());
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Contains("Nobody is waiting.", page.Markup), Patience);
    }

    [Fact]
    public async Task Waiting_jobs_say_their_place_and_the_reason()
    {
        await using var studio = await Open(FakePipeline.Held());
        await studio.Begun(await studio.Queue.Enqueue(Request("the running one")));
        await studio.Queue.Enqueue(new PictureRequest { Generation = Request("a batch"), Count = 3 });
        await studio.Queue.Enqueue(Request("the last"));
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".wait").Count), Patience);
        Assert.Contains("Picture, 3 pictures", page.FindAll(".wait")[0].TextContent);
        Assert.Contains("Next, after “the running one”.", page.FindAll(".wait")[0].TextContent);
        Assert.Contains("5th, after 4 others.", page.FindAll(".wait")[1].TextContent);
    }

    [Theory]
    [InlineData("button", "b a c")]
    [InlineData("key", "b a c")]
    [InlineData("front", "c a b")]
    public async Task Entry_is_moved_by_button_and_by_key(string how, string order)
    {
        await using var studio = await Open(FakePipeline.Held());
        await studio.Begun(await studio.Queue.Enqueue(Request("running")));
        foreach (var words in (string[])["a", "b", "c"])
        {
            await studio.Queue.Enqueue(Request(words));
        }

        var page = Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".wait").Count), Patience);
        await page.InvokeAsync(() => how switch
        {
            "button" => page.FindAll(".wait")[1].QuerySelector("[aria-label='Move up']")!.ClickAsync(new MouseEventArgs()),
            "key" => page.FindAll(".wait")[0].KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown", AltKey = true }),
            _ => page.FindAll(".wait")[2].QuerySelector(".btn")!.ClickAsync(new MouseEventArgs()),
        });
        page.WaitForAssertion(() => Assert.Equal(order, string.Join(' ', page.FindAll(".wait .t2").Select(x => x.TextContent))), Patience);
        Assert.Equal(order, string.Join(' ', studio.Queue.State.Waiting.Select(x => x.Words)));
        Assert.Contains("waits at place", page.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task Cancelled_job_can_be_brought_back()
    {
        await using var studio = await Open(FakePipeline.Held());
        await studio.Begun(await studio.Queue.Enqueue(Request("running")));
        var job = await studio.Queue.Enqueue(Request("waiting"));
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".wait__acts")), Patience);
        await page.InvokeAsync(() => Button(page, "Cancel").ClickAsync(new MouseEventArgs()));
        Assert.IsType<JobUpdate.Stopped>(await job.Completion());
        await _toasts.UndoLast();
        Assert.Equal("waiting", Assert.Single(studio.Queue.State.Waiting).Words);
    }

    [Fact]
    public async Task Queue_is_paused_and_goes_on()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Open(pipeline);
        var page = Render<QueuePage>();
        await page.InvokeAsync(() => Button(page, "Pause").ClickAsync(new MouseEventArgs()));
        page.WaitForAssertion(() => Assert.Contains("The queue is paused.", page.Find(".note").TextContent), Patience);
        var job = await studio.Queue.Enqueue(Request());
        page.WaitForAssertion(() => Assert.Contains("Waits until the queue goes on.", page.Find(".wait").TextContent), Patience);
        await page.InvokeAsync(() => Button(page, "Go on").ClickAsync(new MouseEventArgs()));
        pipeline.Open();
        Assert.IsType<JobUpdate.Done>(await job.Completion());
        page.WaitForAssertion(() => Assert.Contains(Links.Thumbnail(job.Id), page.Find(".done").InnerHtml), Patience);
    }

    [Fact]
    public async Task Failed_job_says_why_and_runs_again()
    {
        var fails = true;
        await using var studio = await Open(new FakePipeline { Fault = (_, step) => fails && step == 2 ? new ModelException("The lamp is off: switch it on.") : null });
        await (await studio.Queue.Enqueue(Request("dark"))).Completion();
        fails = false;
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Contains("The lamp is off: switch it on.", page.Find(".wait__why").TextContent), Patience);
        await page.InvokeAsync(() => Button(page, "Run again").ClickAsync(new MouseEventArgs()));
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".done .tile")), Patience);
    }

    [Fact]
    public async Task Running_picture_of_a_batch_is_skipped_and_the_rest_cancelled()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Open(pipeline);
        var jobs = await studio.Queue.Enqueue(new PictureRequest { Generation = Request(), Count = 3 });
        pipeline.Allow(3);
        await jobs[0].Reaches(step: 2);
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Contains("3 pictures, on number 1", page.Find(".now").TextContent), Patience);
        Assert.Contains("Step 2 of 8", page.Find(".now").TextContent);
        await page.InvokeAsync(() => Button(page, "Cancel the other 2").ClickAsync(new MouseEventArgs()));
        page.WaitForAssertion(() => Button(page, "Throw away"), Patience);
        await page.InvokeAsync(() => Button(page, "Throw away").ClickAsync(new MouseEventArgs()));
        pipeline.Open();
        Assert.All(await Task.WhenAll(jobs.Select(x => x.Completion())), x => Assert.Equal(new JobUpdate.Stopped(Kept: false), x));
    }

    [Fact]
    public async Task Others_stand_in_their_lanes_without_their_words_and_ones_own_can_be_moved()
    {
        await using var studio = await Open(FakePipeline.Held());
        Asker.Enter(Someone.Li);
        await studio.Begun(await studio.Queue.Enqueue(Request("running")));
        await studio.Queue.Enqueue(Request("waiting"));
        await Asker.As(Someone.Amara, () => studio.Queue.Enqueue(Request("a secret logo")));
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".lane").Count), Patience);
        Assert.Equal(3, page.FindAll(".job").Count);
        Assert.Contains("Private", page.FindAll(".lane").Single(x => !x.ClassList.Contains("lane--me")).TextContent);
        Assert.DoesNotContain("secret", page.Markup);
        Assert.Contains("waiting", Assert.Single(page.FindAll(".wait")).TextContent);
        Assert.Contains("Your next job", page.Find(".nextjob").TextContent);

        await page.InvokeAsync(() => Button(page, "Pause mine").ClickAsync(new MouseEventArgs()));
        page.WaitForAssertion(() => Assert.Contains("What is yours is paused.", page.Find(".note").TextContent), Patience);
        Assert.Equal([QueuePart.Of(Someone.Li.Id)], studio.Queue.State.Halted);
        Asker.Enter(Asker.Studio);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<QueuePage> page, string words) =>
        page.FindAll("button").First(x => x.TextContent.Trim() == words);

    private async Task<TestStudio> Open(FakePipeline pipeline)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        ComponentFactories.AddStub<AccountLink>();
        ComponentFactories.AddStub<ShareButton>();
        var studio = await TestStudio.Start(pipeline);
        Services.AddSingleton(studio.Queue);
        Services.AddSingleton(studio.Service<JobOwners>());
        Services.AddSingleton(studio.Service<EstimateStore>());
        Services.AddSingleton(studio.Service<OmniGen2.Web.History.Gallery>());
        Services.AddSingleton(studio.Service<JobQuotas>());
        Services.AddSingleton(studio.Service<RecentUse>());
        Services.AddSingleton(studio.Model);
        Services.AddSingleton(studio.Images);
        Services.AddSingleton(studio.Service<JobStore>());
        Services.AddSingleton(_toasts);
        await studio.ModelReady();
        return studio;
    }
}

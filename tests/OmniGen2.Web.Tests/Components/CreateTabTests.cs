using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Components.Tabs;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Components;

/// <summary>The Create tab over the real queue and a fake model.</summary>
public sealed class CreateTabTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Without_a_prompt_it_says_what_is_missing_and_starts_nothing()
    {
        await using var studio = await Open(new FakePipeline());
        var tab = Tab();
        tab.Find("[data-key=start]").Click();
        tab.WaitForAssertion(() => Assert.Contains("Describe a picture first", tab.Find("#prompt-fault").TextContent), Patience);
        Assert.Null(studio.Queue.State.Running);
    }

    [Fact]
    public async Task A_start_shows_the_running_job_and_then_its_picture()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Open(pipeline);
        var tab = Tab();
        var job = Start(studio, tab, "a red circle");

        pipeline.Allow(3);
        tab.WaitForAssertion(() => Assert.Contains("Step 2 of 8", tab.Markup), Patience);
        Assert.StartsWith($"/previews/{job.Id:N}", tab.Find(".hero img").GetAttribute("src"));

        pipeline.Open();
        tab.WaitForAssertion(() => Assert.Equal($"/images/{job.Id:N}.png", tab.Find(".hero img").GetAttribute("src")), Patience);
        Assert.Equal("a red circle", tab.Find(".hero img").GetAttribute("alt"));
    }

    [Fact]
    public async Task A_failed_job_says_why_and_offers_to_run_again()
    {
        await using var studio = await Open(new FakePipeline { Fault = (_, step) => step == 2 ? new ModelException("The lamp is off: switch it on.") : null });
        var tab = Tab();
        Start(studio, tab, "a blue star");
        tab.WaitForAssertion(() => Assert.Contains("The lamp is off: switch it on.", tab.Find("[role=alert].note").TextContent), Patience);
        Assert.Contains("Run it again", tab.Markup);
    }

    [Fact]
    public async Task Stop_ends_the_job_within_a_step_and_shows_what_there_is()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Open(pipeline);
        var tab = Tab();
        var job = Start(studio, tab, "a green heart");
        pipeline.Allow(2);
        await job.Watch().FirstAsync(x => x is JobUpdate.Working { Step: 1 });
        tab.WaitForElement("[data-key=stop]", Patience);
        // On the renderer's own thread, where no update can replace the button between finding and clicking it.
        await tab.InvokeAsync(() => tab.Find("[data-key=stop]").Click());
        pipeline.Open();
        Assert.Equal(new JobUpdate.Stopped(Kept: true), await job.Completion().WaitAsync(Patience));
        tab.WaitForAssertion(() => Assert.Equal(Links.Picture(job.Id), tab.Find(".hero img").GetAttribute("src")), Patience);
    }

    [Fact]
    public async Task The_settings_of_a_picture_come_back_into_the_panel()
    {
        await using var studio = await Open(new FakePipeline());
        var request = TestStudio.Request("a pink ring", steps: 4, seed: 77);
        var job = await studio.Queue.Enqueue(request);
        await job.Completion().WaitAsync(Patience);

        var tab = Tab(job.Id);
        tab.WaitForElement(".acts", Patience).QuerySelectorAll("button").Single(x => x.TextContent == "Use settings").Click();
        tab.WaitForAssertion(() => Assert.Equal("a pink ring", tab.Find("#prompt").GetAttribute("value")), Patience);
        Assert.Equal("77", tab.Find("#seed").GetAttribute("value"));
        Assert.Equal("4", tab.Find("#steps").GetAttribute("value"));
    }

    [Fact]
    public async Task A_batch_stands_beside_the_picture_and_goes_on_when_one_is_skipped()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Open(pipeline);
        var jobs = await studio.Queue.Enqueue(new PictureRequest { Generation = TestStudio.Request(), Count = 3 });
        var tab = Tab(jobs[0].Id);
        pipeline.Allow(1);
        tab.WaitForAssertion(() => Assert.Equal(["Picture 1 of 3, running", "Picture 2 of 3, waiting", "Picture 3 of 3, waiting"], Names(tab)), Patience);

        await tab.InvokeAsync(() => tab.Find("[aria-label='Skip this picture']").Click());
        pipeline.Allow(2);
        tab.WaitForAssertion(() => Assert.Equal(["Picture 1 of 3, skipped", "Picture 2 of 3, running", "Picture 3 of 3, waiting"], Names(tab)), Patience);
        tab.WaitForAssertion(() => Assert.EndsWith($"pictures/{jobs[1].Id}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);

        pipeline.Open();
        await jobs[2].Completion().WaitAsync(Patience);
        tab.WaitForAssertion(() => Assert.Equal(["Picture 1 of 3, skipped", "Picture 2 of 3", "Picture 3 of 3"], Names(tab)), Patience);
    }

    [Fact]
    public async Task Stop_ends_the_rest_of_a_batch_too()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Open(pipeline);
        var jobs = await studio.Queue.Enqueue(new PictureRequest { Generation = TestStudio.Request(), Count = 3 });
        var tab = Tab(jobs[0].Id);
        pipeline.Allow(2);
        tab.WaitForAssertion(() => Assert.Contains("Step 1 of 8", tab.Markup), Patience);
        await tab.InvokeAsync(() => tab.Find("[data-key=stop]").Click());
        pipeline.Open();
        Assert.Equal(new JobUpdate.Stopped(Kept: true), await jobs[0].Completion().WaitAsync(Patience));
        Assert.Equal(new JobUpdate.Stopped(), await jobs[2].Completion().WaitAsync(Patience));
    }

    [Fact]
    public async Task An_address_without_a_picture_says_so()
    {
        await using var studio = await Open(new FakePipeline());
        var tab = Tab(Guid.NewGuid());
        tab.WaitForAssertion(() => Assert.Contains("There is no picture at this address", tab.Markup), Patience);
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_is_named_with_its_reason()
    {
        await using var studio = await Open(new FakePipeline(), _ => throw new ModelException("models/none is no checkpoint."));
        var tab = Tab();
        tab.WaitForAssertion(() => Assert.Contains("models/none is no checkpoint.", tab.Markup), Patience);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("twelve")]
    [InlineData("9223372036854775808")]
    public void A_seed_that_is_none_is_refused_with_a_sentence(string text)
    {
        var field = Render<SeedField>();
        field.Find("#seed").Change(text);
        Assert.Contains("is not a seed", field.Find("#seed-hint").TextContent);
    }

    [Fact]
    public void Shapes_keep_the_area_and_the_limits_of_the_model()
    {
        var released = new ModelInfo { Name = "released" };
        foreach (var shape in PictureShape.All)
        {
            var (width, height) = shape.At(released.DefaultSize, released);
            Assert.True(width % 16 == 0 && height % 16 == 0, $"{width} × {height}");
            Assert.InRange(width * height, 0.9 * 1024 * 1024, 1.1 * 1024 * 1024);
            Assert.Equal(shape, PictureShape.Of(width, height, released));
        }
    }

    private Task<TestStudio> Open(FakePipeline pipeline, LoadPipeline? load = null) => this.OpenStudio(pipeline, load);

    private static IEnumerable<string?> Names(IRenderedComponent<CreateTab> tab) =>
        tab.FindAll(".batch .tile").Select(x => x.GetAttribute("aria-label") ?? x.GetAttribute("title"));

    private IRenderedComponent<CreateTab> Tab(Guid? id = null) => Render<CreateTab>(parameters => parameters.Add(x => x.Id, id));

    private Job Start(TestStudio studio, IRenderedComponent<CreateTab> tab, string prompt)
    {
        tab.Find("#prompt").Change(prompt);
        tab.Find("[data-key=start]").Click();
        // By the address, not by the queue: a short job may have ended before anybody looks there.
        var navigation = Services.GetRequiredService<NavigationManager>();
        tab.WaitForState(() => navigation.Uri.Contains("/pictures/", StringComparison.Ordinal), Patience);
        var job = studio.Queue.Find(Guid.Parse(navigation.Uri[^36..]))!;

        // The tab asks the router for the job's address; there is none here, so the test takes its part.
        tab.Render(parameters => parameters.Add(x => x.Id, job.Id));
        return job;
    }
}

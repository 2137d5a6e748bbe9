using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Components.Layout;
using OmniGen2.Web.Components.Pages.Picture;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Tests.History;
using OmniGen2.Web.Tests.Jobs;
using static OmniGen2.Web.Tests.TestStudio;

namespace OmniGen2.Web.Tests.Components;

/// <summary>The page of a picture over the real queue and a fake model.</summary>
public sealed class PicturePageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Edit_that_runs_stands_in_the_tree_of_its_source_and_becomes_a_picture_there()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Open(pipeline);
        pipeline.Allow(10);
        var source = await studio.Queue.Enqueue(Request("a star"));
        await source.Completion();
        var page = Page(source.Id);
        var edit = Assert.Single(await studio.Queue.Enqueue(new PictureRequest { Generation = Request("make it red"), References = [new Reference(source.Id)] }));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".node").Count), Patience);
        pipeline.Allow(4);
        await edit.Reaches(step: 3);
        page.WaitForAssertion(() => Assert.Contains("Step 3 of 8", page.FindAll(".node")[1].TextContent, StringComparison.Ordinal), Patience);
        pipeline.Open();
        page.WaitForAssertion(() => Assert.Contains(Links.Thumbnail(edit.Id), page.FindAll(".node")[1].InnerHtml, StringComparison.Ordinal), Patience);
        Assert.Equal("a star", page.Find(".quote").TextContent);
    }

    [Fact]
    public async Task Job_that_is_opened_becomes_its_picture()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Open(pipeline);
        var job = await studio.Queue.Enqueue(Request("a star"));
        pipeline.Allow(3);
        await job.Reaches(step: 2);
        var page = Page(job.Id);
        page.WaitForAssertion(() => Assert.Contains("Step 2 of 8", page.Find(".hud").TextContent, StringComparison.Ordinal), Patience);
        pipeline.Open();
        page.WaitForAssertion(() => Assert.Equal(Links.Picture(job.Id), page.Find(".hero img").GetAttribute("src")), Patience);
        Assert.Equal("8", page.Find("#step").GetAttribute("value"));
    }

    [Fact]
    public async Task Steps_that_were_swept_away_are_said_to_be()
    {
        await using var studio = await Open(new FakePipeline());
        var job = await studio.Queue.Enqueue(Request());
        await job.Completion();
        File.Delete(Directory.GetFiles(studio.Folder.Steps, "*.zip", SearchOption.AllDirectories).Single());
        var page = Page(job.Id);
        Assert.Contains("were swept away: they stay for 30 days and within", page.Find("#step-hint").TextContent, StringComparison.Ordinal);
        studio.Service<StepStore>().Delete(job.Id);
        Assert.Contains("The film of its steps was swept away.", Page(job.Id).Find(".scrubber").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_without_its_file_keeps_its_facts_and_its_place()
    {
        await using var studio = await Open(new FakePipeline());
        var (lost, child) = (Some.Picture("a lost star", seed: 77), Some.Picture("an edit"));
        await studio.Keep(lost, child);
        await studio.Link((child, lost));
        var page = Page(lost.Id);
        Assert.Contains("The file is missing.", page.Find(".panel__body").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll(".node--gone").Count);
        Assert.NotNull(page.Find("[data-copy='77']"));
        Assert.Empty(page.FindAll(".hero img"));
    }

    [Fact]
    public async Task Words_from_a_file_are_never_markup()
    {
        await using var studio = await Open(new FakePipeline());
        var picture = Some.Picture("<img src=x onerror=alert(1)>");
        await studio.Keep(picture);
        var page = Page(picture.Id);
        Assert.Equal("<img src=x onerror=alert(1)>", page.Find(".quote").TextContent);
        Assert.Empty(page.FindAll("[onerror]"));
    }

    [Fact]
    public async Task Deleted_picture_stays_in_the_tree_and_comes_back_by_undo()
    {
        await using var studio = await Open(new FakePipeline());
        var job = await studio.Queue.Enqueue(Request());
        await job.Completion();
        var page = Page(job.Id);
        await page.InvokeAsync(() => page.Find("[data-key=trash]").Click());
        page.WaitForAssertion(() => Assert.Contains("In the trash", page.Find(".node").TextContent, StringComparison.Ordinal), Patience);
        await page.InvokeAsync(Services.GetRequiredService<Toasts>().UndoLast);
        page.WaitForAssertion(() => Assert.DoesNotContain("In the trash", page.Find(".node").TextContent, StringComparison.Ordinal), Patience);
    }

    private IRenderedComponent<PicturePage> Page(Guid id) => Render<PicturePage>(parameters => parameters.Add(x => x.Id, id));

    private async Task<TestStudio> Open(FakePipeline pipeline)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var studio = await TestStudio.Start(pipeline);
        Services.AddSingleton(studio.Queue);
        Services.AddSingleton(studio.Model);
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(studio.Service<Prover>());
        Services.AddSingleton(studio.Service<TreeStore>());
        Services.AddSingleton(studio.Service<PictureTags>());
        Services.AddSingleton(ActivatorUtilities.CreateInstance<PictureReader>(studio.Services));
        Services.AddSingleton<Toasts>();
        Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PictureCommands>(studio.Services, provider.GetRequiredService<Toasts>()));
        await studio.ModelReady();
        return studio;
    }
}

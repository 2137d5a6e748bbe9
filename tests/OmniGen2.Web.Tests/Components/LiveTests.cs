using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Components.Layout;
using OmniGen2.Web.Components.Tabs;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Components;

/// <summary>What of a page is rendered while a job gets further.</summary>
public sealed class LiveTests : BunitContext
{
    [Fact]
    public async Task Step_renders_the_live_part_and_neither_the_panel_nor_the_bar()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await this.OpenStudio(pipeline);
        var job = await studio.Queue.Enqueue(TestStudio.Request(steps: 40));
        var tab = Render<CreateTab>(parameters => parameters.Add(x => x.Id, job.Id));
        pipeline.Allow(6);
        tab.WaitForAssertion(() => Assert.Contains("Step 5 of 40", tab.Markup), StudioContext.Patience);
        var (panel, bar) = (tab.FindComponent<RequestPanel>(), tab.FindComponent<PageBar>());
        var before = (panel.RenderCount, bar.RenderCount);

        pipeline.Allow(2);
        tab.WaitForAssertion(() => Assert.Contains("Step 7 of 40", tab.Markup), StudioContext.Patience);
        Assert.Equal(before, (panel.RenderCount, bar.RenderCount));
        pipeline.Open();
        await job.Completion().WaitAsync(StudioContext.Patience);
    }

    [Fact]
    public async Task Next_edit_starts_from_the_result_unless_the_picture_before_is_chosen()
    {
        await using var studio = await this.OpenStudio(new FakePipeline());
        var source = await studio.Queue.Enqueue(TestStudio.Request());
        await source.Completion().WaitAsync(StudioContext.Patience);
        var edit = (await studio.Queue.Enqueue(new PictureRequest { Generation = TestStudio.Request("make it blue"), References = [new Reference(source.Id)] }))[0];
        await edit.Completion().WaitAsync(StudioContext.Patience);

        await studio.Queue.Halt(QueuePart.All, default);

        var navigation = Services.GetRequiredService<NavigationManager>();
        var address = $"edit/{source.Id}?Result={edit.Id}";
        navigation.NavigateTo(address);
        var tab = Render<EditTab>(parameters => parameters.Add(x => x.Id, source.Id));
        Assert.Equal(edit.Id, Apply(studio, tab, "make it green"));
        Assert.Contains($"edit/{edit.Id}?Result=", navigation.Uri, StringComparison.Ordinal);

        navigation.NavigateTo(address);
        tab.WaitForElements("input[name=next-edit]", StudioContext.Patience)[1].Change(true);
        Assert.Equal(source.Id, Apply(studio, tab, "make it red"));
    }

    [Fact]
    public async Task Picture_of_the_thread_is_dragged_into_the_message()
    {
        await using var studio = await this.OpenStudio(new FakePipeline());
        var picture = await studio.Queue.Enqueue(TestStudio.Request());
        await picture.Completion().WaitAsync(StudioContext.Patience);
        var thread = Guid.NewGuid();
        await studio.Service<ThreadStore>().Say(thread, "look", [picture.Id], owner: null, default);

        var tab = Render<ChatTab>(parameters => parameters.Add(x => x.Id, thread));
        tab.WaitForElement(".threadpics li", StudioContext.Patience).DragStart();
        tab.Find(".composer__box").Drop();
        Assert.Single(tab.FindAll(".composer__pics li"));
        tab.Find(".composer__box").Drop();
        Assert.Single(tab.FindAll(".composer__pics li"));
    }

    /// <summary>What the edit that is asked for changes; the queue is halted.</summary>
    private static Guid? Apply(TestStudio studio, IRenderedComponent<EditTab> tab, string words)
    {
        tab.WaitForElement("#prompt", StudioContext.Patience).Change(words);
        tab.Find("[data-key=start]").Click();
        tab.WaitForState(() => studio.Queue.State.Waiting.Any(x => x.Words == words), StudioContext.Patience);
        return studio.Queue.State.Waiting.Single(x => x.Words == words).Picture!.References[0].Picture;
    }
}

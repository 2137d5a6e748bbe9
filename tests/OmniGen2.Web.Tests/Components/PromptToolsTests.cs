using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Components.Tabs;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Components;

/// <summary>Words by the language model, over the real queue and a fake model that answers in numbers.</summary>
public sealed class PromptToolsTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_answer_that_is_no_prompt_leaves_the_words_and_says_so()
    {
        await using var studio = await Open(new FakePipeline());
        var page = Render<Page>();
        page.Find("[aria-label^='Write it out']").Click();
        page.WaitForAssertion(() => Assert.Contains("did not answer in words", page.Instance.Fault), Patience);
        Assert.Equal("a red star", page.Instance.Words);
        Assert.DoesNotContain("Undo", page.Markup);
    }

    [Fact]
    public async Task What_was_written_until_the_stop_stays_and_one_click_brings_the_old_words_back()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = await Open(pipeline);
        var page = Render<Page>();
        page.Find("[aria-label^='Write it out']").Click();
        pipeline.Allow(2);
        page.WaitForAssertion(() => Assert.NotEqual("a red star", page.Instance.Words), Patience);
        await page.InvokeAsync(() => page.Find("[data-key=stop-writing]").Click());
        pipeline.Open();

        await page.WaitForElement("[title='The words as they were']", Patience).ClickAsync(new());
        Assert.Equal("a red star", page.Instance.Words);
    }

    [Fact]
    public async Task Earlier_prompts_come_by_key_and_the_unsent_words_wait_at_the_end()
    {
        await using var studio = await Open(new FakePipeline());
        await studio.Queue.Enqueue(TestStudio.Request("a blue ring"));
        var page = Render<Page>();
        page.Find("[data-key=earlier]").Click();
        Assert.Equal("a blue ring", page.Instance.Words);
        page.Find("[data-key=later]").Click();
        Assert.Equal("a red star", page.Instance.Words);
    }

    private async Task<TestStudio> Open(FakePipeline pipeline)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var studio = await TestStudio.Start(pipeline);
        Services.AddSingleton(studio.Queue);
        Services.AddSingleton(studio.Images);
        Services.AddSingleton(studio.Service<PromptHistory>());
        return studio;
    }

    /// <summary>Holds the words, as the panel does.</summary>
    private sealed class Page : ComponentBase
    {
        public string Words { get; private set; } = "a red star";

        public string? Fault { get; private set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<PromptTools>(0);
            builder.AddComponentParameter(1, nameof(PromptTools.Value), Words);
            builder.AddComponentParameter(2, nameof(PromptTools.ValueChanged), EventCallback.Factory.Create<string>(this, words => Words = words));
            builder.AddComponentParameter(3, nameof(PromptTools.OnFault), EventCallback.Factory.Create<string?>(this, fault => Fault = fault));
            builder.AddComponentParameter(4, nameof(PromptTools.Writes), true);
            builder.AddComponentParameter(5, nameof(PromptTools.State), QueueState.Empty);
            builder.CloseComponent();
        }
    }
}

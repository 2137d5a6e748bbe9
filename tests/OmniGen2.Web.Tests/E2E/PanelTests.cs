using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>What helps to ask: batches, presets, earlier prompts, unsaved text and keys, in a real browser over the real studio.</summary>
[Collection(BrowserTests.Name)]
public sealed class PanelTests(BrowserFixture browser) : StudioTests(browser)
{
    [Fact]
    public async Task One_picture_of_a_batch_is_skipped_and_the_rest_is_stopped_and_its_prompt_comes_back()
    {
        await using var page = await Open();
        await Choose(page, "count", "3");
        await page.StartLong("a large red star");
        await Assertions.Expect(page.Page.GetByText("Picture 1 of 3").First).ToBeVisibleAsync(Patiently);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Skip this picture" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByTitle("Picture 1 of 3, skipped")).ToBeVisibleAsync(Patiently);

        await Assertions.Expect(page.Page.GetByText(new Regex(@"Step \d+ of 100"))).ToBeVisibleAsync(Patiently);
        await page.Stop.ClickAsync();
        await Assertions.Expect(page.Page.GetByTitle("Picture 3 of 3, skipped")).ToBeVisibleAsync(Patiently);
        await Assertions.Expect(page.Picture).ToBeVisibleAsync(Patiently);
        await Assertions.Expect(page.Page.Locator(".batch .tile")).ToHaveCountAsync(3);

        await page.Prompt.FillAsync("a blue ri");
        await page.Prompt.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(page.Prompt).ToHaveValueAsync("a large red star");
        await page.Prompt.PressAsync("Alt+ArrowDown");
        await Assertions.Expect(page.Prompt).ToHaveValueAsync("a blue ri");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_preset_is_applied_after_a_reload_and_comes_back_when_deleted()
    {
        await using var page = await Open();
        await Choose(page, "count", "2");
        await Choose(page, "quality", "Draft");
        await Menu(page, "Save these settings…");
        await page.Page.GetByLabel("Name").FillAsync("two quick ones");
        await page.Page.GetByLabel("Name").PressAsync("Enter");
        await Assertions.Expect(page.Page.GetByText("“two quick ones” is saved.")).ToBeVisibleAsync();

        await page.Reload();
        await Assertions.Expect(Choice(page, "quality", "Balanced")).ToBeCheckedAsync();
        await Menu(page, "two quick ones");
        await Assertions.Expect(Choice(page, "quality", "Draft")).ToBeCheckedAsync();
        await Assertions.Expect(Choice(page, "count", "2")).ToBeCheckedAsync();

        await Menu(page, "Rename or delete…");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete two quick ones" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Menu(page, "two quick ones");
        Assert.Empty(page.Faults);
    }

    [Theory]
    [InlineData("/", "Prompt")]
    [InlineData("/edit", "What should change?")]
    [InlineData("/compose", "Prompt")]
    [InlineData("/chat", "Message")]
    public async Task Unsaved_text_survives_a_reload_and_the_keys_are_shown_and_obeyed(string path, string label)
    {
        await using var page = await Open();
        await page.Go(path);
        var field = page.Page.GetByLabel(label, new() { Exact = true });
        await field.FillAsync("half a thought");
        await page.Reload();
        await Assertions.Expect(field).ToHaveValueAsync("half a thought");

        // Typed into the prompt, a letter is a letter; elsewhere it is a key.
        await field.PressAsync("?");
        await Assertions.Expect(field).ToHaveValueAsync(new Regex("[?]"));
        await field.BlurAsync();
        await page.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" })).ToBeVisibleAsync();
        await page.AssertAccessible();
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" })).ToBeHiddenAsync();
        await page.Page.Keyboard.PressAsync("g");
        await page.Page.Keyboard.PressAsync("q");
        await page.Page.WaitForURLAsync("**/queue");
        Assert.Empty(page.Faults);
    }

    [Theory]
    [InlineData("/", "Prompt")]
    [InlineData("/chat", "Message")]
    public async Task What_is_typed_while_the_studio_answers_slowly_is_not_taken_back(string path, string label)
    {
        await using var page = await Open();
        await page.MoveAway(TimeSpan.FromSeconds(0.7));
        await page.Go(path);
        var field = page.Page.GetByLabel(label, new() { Exact = true });
        await field.FillAsync("half a");
        await page.Reload();
        await Assertions.Expect(field).ToHaveValueAsync("half a");
        await field.PressAsync("End");
        await page.Page.Keyboard.TypeAsync(" thought");

        // Longer than what was under way can take.
        await Task.Delay(TimeSpan.FromSeconds(3));
        await Assertions.Expect(field).ToHaveValueAsync("half a thought", new() { Timeout = 1 });
        await page.Reload();
        await Assertions.Expect(field).ToHaveValueAsync("half a thought");
    }

    [Theory]
    [InlineData(1440, 900, "dark")]
    [InlineData(1440, 900, "light")]
    [InlineData(360, 780, "dark")]
    public async Task The_panel_with_all_its_settings_has_no_serious_finding_of_axe(int width, int height, string theme)
    {
        await using var page = await Open(width, height);
        await page.Page.EvaluateAsync($"document.documentElement.dataset.theme = '{theme}'");
        if (await page.Page.Locator(".dockset").IsVisibleAsync())
        {
            await page.Page.Locator(".dockset").ClickAsync();
        }

        await page.Page.GetByText("Fine tuning").ClickAsync();
        await Assertions.Expect(page.Page.GetByLabel("Solver")).ToBeVisibleAsync();
        await page.AssertAccessible();
        await Menu(page, "New style…");
        await Assertions.Expect(page.Page.GetByLabel("Words around the prompt")).ToBeVisibleAsync();
        await page.AssertAccessible();
    }

    private static ILocator Choice(StudioPage page, string name, string value) => page.Page.Locator($"input[name={name}][value='{value}']");

    private static Task Choose(StudioPage page, string name, string value) => page.Page.Locator(".opt", new() { Has = Choice(page, name, value) }).ClickAsync();

    private static async Task Menu(StudioPage page, string item)
    {
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Presets and styles" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Menuitem, new() { Name = item }).ClickAsync();
    }
}

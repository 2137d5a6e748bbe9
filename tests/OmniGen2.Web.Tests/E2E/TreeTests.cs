using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>The edit tree and the page of a picture in a real browser, over the real studio and the real checkpoint.</summary>
[Collection(BrowserTests.Name)]
public sealed class TreeTests(BrowserFixture browser) : StudioTests(browser)
{
    // Six pictures, one after the other, on a machine that may be busy with much else.
    private const float Long = 300_000;
    private static readonly LocatorAssertionsToBeVisibleOptions VeryPatiently = new() { Timeout = Long };

    [Fact]
    public async Task Tree_of_three_edits_is_branched_walked_through_and_compared_and_a_step_is_kept()
    {
        await using var page = await Open();
        await FewSteps(page);
        await page.Create("a large blue star in the center on a white background");
        await page.Page.WaitForURLAsync("**/pictures/*");
        await Assertions.Expect(page.Picture).ToBeVisibleAsync(VeryPatiently);
        var root = Regex.Match(page.Page.Url, "[0-9a-f-]{36}").Value;
        await page.Go($"/edit/{root}");
        await FewSteps(page);
        await Edit(page, "set the background to pink");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Go on from here" }).ClickAsync();
        await page.Page.WaitForURLAsync(url => !url.Contains(root, StringComparison.Ordinal));
        await Edit(page, "make the star yellow");
        await Node(page, "a large blue star").ClickAsync();
        await page.Page.WaitForURLAsync($"**/edit/{root}");
        await Edit(page, "make the star red");
        await Assertions.Expect(Nodes(page)).ToHaveCountAsync(4);
        Assert.Equal("3", await Node(page, "make the star yellow").GetAttributeAsync("aria-level"));

        await Compare(page, "set the background to pink", "make the star red");
        await OpenAndWalk(page, root);
        await KeepStep(page);
        await DeleteAndUndo(page);
        foreach (var (width, theme) in new[] { (1440, "dark"), (1440, "light"), (360, "dark"), (360, "light") })
        {
            await page.Page.SetViewportSizeAsync(width, width == 360 ? 780 : 900);
            await page.Page.EvaluateAsync("theme => document.documentElement.dataset.theme = theme", theme);
            await page.AssertAccessible($"picture page {width} {theme}");
        }

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Tree" }).ClickAsync();
        await Assertions.Expect(Node(page, "make the star yellow")).ToBeVisibleAsync();
        await page.AssertAccessible("tree on a phone");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Tree" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Use these settings" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByLabel("What should change?")).ToHaveValueAsync("make the star green");
        Assert.Empty(page.Faults);
    }

    private static ILocator Nodes(StudioPage page) => page.Page.GetByRole(AriaRole.Treeitem);

    private static ILocator Node(StudioPage page, string words) => Nodes(page).Filter(new() { HasText = words }).First;

    private static async Task FewSteps(StudioPage page)
    {
        await page.Page.GetByText("Fine tuning").ClickAsync();
        await page.Page.GetByLabel("Steps", new() { Exact = true }).FillAsync("12");
    }

    private static async Task Edit(StudioPage page, string words)
    {
        await page.Page.GetByLabel("What should change?").FillAsync(words);
        await page.Page.GetByLabel("What should change?").PressAsync("Enter");
        // It stands in the tree before it is there.
        await Assertions.Expect(Node(page, words)).ToBeVisibleAsync(VeryPatiently);
        await Assertions.Expect(page.Page.GetByLabel("Divider between before and after")).ToBeVisibleAsync(VeryPatiently);
        await Assertions.Expect(Node(page, words).Locator("img[src^='/thumbs/']")).ToBeVisibleAsync(VeryPatiently);
    }

    private static async Task Compare(StudioPage page, string first, string second)
    {
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Compare any two" }).ClickAsync();
        await Node(page, first).ClickAsync();
        await Assertions.Expect(Node(page, first)).ToHaveAttributeAsync("aria-checked", "true");
        await Node(page, second).ClickAsync();
        await page.Page.WaitForURLAsync("**/compare/**");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "Compare" })).ToBeVisibleAsync();
        await page.Page.GoBackAsync();
    }

    /// <summary>From the root by keyboard: right to its child, right again, left back; Enter opens.</summary>
    private static async Task OpenAndWalk(StudioPage page, string root)
    {
        await page.Page.GotoAsync($"/pictures/{root}/tree");
        await page.Page.Locator("[data-interactive] .tree[data-keys] [aria-current=true]").FocusAsync();
        foreach (var (key, words) in new[] { ("ArrowRight", "make the star red"), ("ArrowDown", "set the background to pink"), ("ArrowRight", "make the star yellow"), ("ArrowLeft", "set the background to pink"), ("End", "make the star yellow") })
        {
            await page.Page.Keyboard.PressAsync(key);
            await Assertions.Expect(Node(page, words)).ToBeFocusedAsync();
        }

        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator(".quote")).ToHaveTextAsync("make the star yellow");
        await Assertions.Expect(Node(page, "make the star yellow")).ToHaveAttributeAsync("aria-current", "true");
    }

    private static async Task KeepStep(StudioPage page)
    {
        await page.Page.GetByRole(AriaRole.Slider).FillAsync("7");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Img, new() { Name = "Preview at step 7" })).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Keep step 8 as a picture" }).ClickAsync();
        await Assertions.Expect(Node(page, "Step kept")).ToBeVisibleAsync(VeryPatiently);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Go on from step 8" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByLabel("Instruction").FillAsync("make the star green");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Go on", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".quote")).ToHaveTextAsync("make the star green", new() { Timeout = Long });
        await Assertions.Expect(page.Picture).ToBeVisibleAsync(VeryPatiently);
        await Assertions.Expect(Nodes(page)).ToHaveCountAsync(6);
    }

    private static async Task DeleteAndUndo(StudioPage page)
    {
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Assertions.Expect(Node(page, "make the star green")).ToContainTextAsync("In the trash");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(Node(page, "In the trash")).ToHaveCountAsync(0);
    }
}

using Microsoft.Playwright;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>Asking, watching, finding and looking without a mouse.</summary>
[Collection(BrowserTests.Name)]
public sealed class KeyboardTests(BrowserFixture browser) : StudioTests(browser)
{
    [Fact]
    public async Task A_picture_is_asked_for_found_looked_at_and_opened_by_keys_alone()
    {
        await using var page = await Open();
        var keys = page.Page.Keyboard;
        await page.Prompt.FocusAsync();
        await keys.TypeAsync("a large red star in the center on a white background");
        await keys.PressAsync("Control+Enter");
        await Assertions.Expect(page.Picture).ToBeVisibleAsync(Patiently);
        await page.Prompt.BlurAsync();

        await keys.PressAsync("g");
        await keys.PressAsync("g");
        await page.Page.WaitForURLAsync("**/gallery");
        await page.Page.Locator("[data-interactive] .grid[data-measured] .cell img").WaitForAsync();
        await page.Page.Locator(".skip").FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("main")).ToBeFocusedAsync();
        Assert.EndsWith("/gallery", page.Page.Url, StringComparison.Ordinal);

        await TabTo(page, ".cell__open");
        await keys.PressAsync("x");
        await Assertions.Expect(page.Page.GetByText("1 selected")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Assertions.Expect(page.Page.GetByText("1 selected")).ToHaveCountAsync(0);
        await keys.PressAsync("f");
        await Assertions.Expect(page.Page.Locator("dialog.viewer[open] img")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator(".cell__open")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await page.Page.WaitForURLAsync("**/tree");
        Assert.Empty(page.Faults);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/edit")]
    [InlineData("/compose")]
    [InlineData("/chat")]
    [InlineData("/gallery")]
    [InlineData("/queue")]
    public async Task Whatever_has_the_focus_shows_it_and_the_keys_come_around(string path)
    {
        const int Most = 100;
        await using var page = await Open();
        await page.Page.GotoAsync(path);
        await page.Page.Locator("[data-interactive]").WaitForAsync();
        await page.Page.Locator(".skip").FocusAsync();
        for (var presses = 0; presses < Most; presses++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            var unseen = await page.Page.EvaluateAsync<string?>(Unseen);
            Assert.True(unseen is null, $"{path}: nobody sees that the focus is on {unseen}");
            if (await page.Page.EvaluateAsync<bool>("document.activeElement === document.body || document.activeElement.matches('.skip')"))
            {
                return;
            }
        }

        Assert.Fail($"{path}: {Most} presses of Tab did not lead around the page");
    }

    // An outline of its own, of what it lies in, or of the face beside it. A slider's is on its thumb, of which no script hears.
    private const string Unseen = """
        () => {
          const element = document.activeElement;
          const shown = x => x && getComputedStyle(x).outlineStyle !== "none" && parseFloat(getComputedStyle(x).outlineWidth) > 0;
          const around = [element, element.nextElementSibling, element.closest("label, .drop, .prompt, .composer__box, .search")];
          return element === document.body || element.matches(".range") || around.some(shown) ? null : element.outerHTML.slice(0, 200);
        }
        """;

    private static async Task TabTo(StudioPage page, string selector)
    {
        const int Most = 60;
        for (var presses = 0; presses < Most && !await Here(); presses++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
        }

        Assert.True(await Here(), $"{Most} presses of Tab did not lead to {selector}");

        Task<bool> Here() => page.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector);
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>
/// Every page of a studio that has been used for a while, on a desk and on a phone, dark and light: nothing serious for axe, nothing wider than the screen, no fault in the console.
/// With a folder in <c>SCREENS</c> (eng/screens.sh) the pages as looked at here are kept there as PNG files.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class EveryPageTests(BrowserFixture browser) : StudioTests(browser)
{
    private static readonly string? Screens = Environment.GetEnvironmentVariable("SCREENS");

    private static readonly (string Name, int Width, int Height)[] Sizes = [("", 1440, 900), ("-phone", 360, 780)];

    [Fact]
    public async Task Every_page_is_accessible_fits_and_runs_without_a_fault()
    {
        IReadOnlyList<(string Name, string Path)> pages;
        await using (var page = await Open())
        {
            await Shoot(page, "create-empty", "/");
            pages = await Use(page);
            Assert.Empty(page.Faults);
            // This page is one of the circuits that operators see.
            var metrics = await (await page.Page.APIRequest.GetAsync("/metrics")).TextAsync();
            Assert.Matches(@"(?m)^aspnetcore_components_circuit_active(\{.*\})? [1-9]", metrics);
        }

        foreach (var (size, width, height) in Sizes)
        {
            await using var page = await Open(width, height);
            foreach (var theme in (string[])["dark", "light"])
            {
                await page.Page.EvaluateAsync("theme => localStorage.setItem('omnigen2-theme', theme)", theme);
                foreach (var (name, path) in pages)
                {
                    await Shoot(page, $"{name}{size}{(theme == "light" ? "-light" : "")}", path);
                }
            }

            Assert.Empty(page.Faults);
        }
    }

    // The last one goes to the trash.
    private static readonly string[] Prompts =
    [
        "a large red star in the center on a white background", "a large blue circle in the center on a yellow background",
        "a large purple heart in the middle on a pink background", "a large green triangle in the center on a yellow background",
    ];

    /// <summary>An afternoon's work: pictures, one thrown away, an edit, a composition, a talk.</summary>
    private static async Task<IReadOnlyList<(string Name, string Path)>> Use(StudioPage page)
    {
        var created = new List<string>();
        foreach (var prompt in Prompts)
        {
            await page.Go("/");
            await page.Create(prompt);
            await page.Page.WaitForURLAsync("**/pictures/*");
            await Assertions.Expect(page.Picture).ToBeVisibleAsync(new() { Timeout = 120_000 });
            created.Add(Id(page));
        }

        await page.Go($"/edit/{created[0]}");
        await Say(page, "What should change?", "make the star blue");
        await Assertions.Expect(page.Page.GetByLabel("Divider between before and after")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        var edit = Here(page);

        await page.Go($"/compose?References={created[0]},{created[1]}");
        await Say(page, "Prompt", "put the star from the first image and the circle from the second image side by side on a white background");
        await Assertions.Expect(page.Page.Locator(".composed img")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        var compose = Here(page);

        await page.Page.GotoAsync("/gallery");
        await page.Page.Locator("[data-interactive] .grid[data-measured] .cell__open[aria-label^='a large green']").FocusAsync();
        await page.Page.Keyboard.PressAsync("Delete");
        await Assertions.Expect(page.Page.GetByText("moved to the trash")).ToBeVisibleAsync();

        await page.Go("/chat");
        await Say(page, "Message", "draw a large red star in the center on a white background");
        await Assertions.Expect(page.Page.Locator(".msg__pic img[src^='/images/']")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        return
        [
            ("create", $"/pictures/{created[2]}"), ("edit", edit), ("compose", compose), ("chat", Here(page)), ("queue", "/queue"),
            ("picture", $"/pictures/{created[0]}/tree"), ("gallery", "/gallery"), ("compare", $"/compare/{created[0]}/{created[1]}"), ("trash", "/gallery?q=is:trashed"),
            ("docs", "/docs"), ("usage", "/usage"),
        ];
    }

    private static async Task Say(StudioPage page, string label, string words)
    {
        var box = page.Page.GetByLabel(label, new() { Exact = true });
        await box.FillAsync(words);
        await box.PressAsync("Enter");
    }

    private static async Task Shoot(StudioPage page, string name, string path)
    {
        await page.Page.GotoAsync(path);
        await page.Page.Locator("[data-interactive]").First.WaitForAsync();
        await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.AssertAccessible(name);
        if (Screens is not null)
        {
            await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Screens, $"{name}.png") });
        }
    }

    private static string Here(StudioPage page) => new Uri(page.Page.Url).PathAndQuery;

    private static string Id(StudioPage page) => Regex.Match(page.Page.Url, "[0-9a-f]{8}-[0-9a-f-]{27}").Value;
}

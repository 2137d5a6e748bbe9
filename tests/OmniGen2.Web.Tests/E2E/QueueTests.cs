using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>Jobs that the server owns, seen from a browser: they outlive the page and the process, and are ordered, stopped and repeated on the queue page.</summary>
[Collection(BrowserTests.Name)]
public sealed class QueueTests(BrowserFixture browser) : StudioTests(browser, "--Studio:CheckpointSeconds=0")
{
    private const string Words = "a large red star in the center on a white background";

    [Fact]
    public async Task Page_that_is_loaded_anew_shows_the_running_job_and_its_preview()
    {
        await using var page = await Open();
        await page.StartEndless(Words);
        await Assertions.Expect(page.Page.GetByText(new Regex(@"Step \d+ of 1000"))).ToBeVisibleAsync(Patiently);
        await page.Reload();
        await Assertions.Expect(page.Page.Locator(".hero img[src^='/previews/']")).ToBeVisibleAsync(Patiently);
        await page.Stop.ClickAsync();
        await Assertions.Expect(page.Picture).ToBeVisibleAsync(Patiently);
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Stopped_picture_is_kept_as_far_as_it_came()
    {
        await using var page = await Open();
        await page.StartEndless(Words);
        await Assertions.Expect(page.Page.GetByText(new Regex(@"Step \d+ of 1000"))).ToBeVisibleAsync(Patiently);
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Picture).ToBeVisibleAsync(Patiently);
        Assert.True(await page.PictureIsShown());
        await Assertions.Expect(page.Recent).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Studio_that_was_killed_goes_on_with_all_jobs_in_their_order()
    {
        await using (var page = await Open())
        {
            await page.StartLong(Words);
            await Assertions.Expect(page.Page.GetByText(new Regex(@"Step \d+ of 100"))).ToBeVisibleAsync(Patiently);
            await page.Go("/");
            await page.Create("a large purple heart in the middle on a pink background");
            await page.Page.WaitForURLAsync("**/pictures/*");
        }

        await KillAndStart();
        await using var later = await Open();
        await later.GoToQueue();
        await Assertions.Expect(later.Page.Locator(".done img")).ToHaveCountAsync(2, new() { Timeout = 180_000 });
        Assert.Empty(later.Faults);
    }

    [Fact]
    public async Task Waiting_pictures_are_ordered_by_keyboard_while_the_queue_is_paused()
    {
        await using var page = await Open();
        await page.GoToQueue();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        foreach (var shape in (string[])["a red star", "a blue ring", "a green heart"])
        {
            await page.Go("/");
            await page.Create(shape);
            await page.Page.WaitForURLAsync("**/pictures/*");
        }

        await page.GoToQueue();
        var waiting = page.Page.Locator(".wait__text .t2");
        await Assertions.Expect(waiting).ToHaveTextAsync(["a red star", "a blue ring", "a green heart"]);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Move up" }).Last.FocusAsync();
        await page.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(waiting).ToHaveTextAsync(["a red star", "a green heart", "a blue ring"]);
        await page.Page.Keyboard.PressAsync("Alt+ArrowUp");
        string[] ordered = ["a green heart", "a red star", "a blue ring"];
        await Assertions.Expect(waiting).ToHaveTextAsync(ordered);

        await page.GoToQueue();
        await Assertions.Expect(waiting).ToHaveTextAsync(ordered);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".done img")).ToHaveCountAsync(3, new() { Timeout = 180_000 });
        Assert.Empty(page.Faults);
    }

    [Theory]
    [InlineData(1440, 900, "dark")]
    [InlineData(1440, 900, "light")]
    [InlineData(360, 780, "dark")]
    public async Task Queue_page_has_no_serious_finding_of_axe(int width, int height, string theme)
    {
        await using var page = await Open(width, height);
        await page.Page.EvaluateAsync($"document.documentElement.dataset.theme = '{theme}'");
        await page.StartLong(Words);
        await page.Go("/");
        await page.Create("one that waits");
        await page.Page.WaitForURLAsync("**/pictures/*");
        await page.GoToQueue();
        await page.Page.EvaluateAsync($"document.documentElement.dataset.theme = '{theme}'");
        await page.AssertAccessible();
    }
}

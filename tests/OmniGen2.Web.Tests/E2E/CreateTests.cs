using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>The Create tab in a real browser, over the real studio and the real checkpoint.</summary>
[Collection(BrowserTests.Name)]
public sealed class CreateTests(BrowserFixture browser) : StudioTests(browser, "--Studio:CheckpointSeconds=0")
{
    private const string RedCircle = "a red circle left of a blue square on a green background";

    [Fact]
    public async Task A_prompt_becomes_a_picture_step_by_step_and_outlives_reload_and_restart()
    {
        await using (var page = await Open())
        {
            await page.Create(RedCircle);
            await Assertions.Expect(page.Picture).ToBeVisibleAsync(new() { Timeout = 120_000 });
            Assert.True(await page.PictureIsShown());
            Assert.True(page.DifferentPreviews >= 3, $"{page.DifferentPreviews} different previews were seen");

            await page.Reload();
            await Assertions.Expect(page.Picture).ToBeVisibleAsync(Patiently);
            await Assertions.Expect(page.Page.GetByText(RedCircle).First).ToBeVisibleAsync();
            Assert.Empty(page.Faults);
        }

        await KillAndStart();
        await using var later = await Open();
        await Assertions.Expect(later.Recent).ToHaveCountAsync(1);
        await later.Recent.First.ClickAsync();
        await Assertions.Expect(later.Picture).ToBeVisibleAsync(Patiently);
        Assert.True(await later.PictureIsShown());
    }

    [Fact]
    public async Task A_second_browser_sees_the_same_job_and_either_may_stop_it()
    {
        await using var first = await Open();
        await first.StartEndless(RedCircle);
        await Assertions.Expect(first.Stop).ToBeVisibleAsync(Patiently);

        await using var second = await Open();
        await Assertions.Expect(second.Stop).ToBeVisibleAsync(Patiently);
        await second.Page.Keyboard.PressAsync("Escape");

        // With what there was of it, or with nothing when it had not begun to draw.
        await Assertions.Expect(first.Picture.Or(first.Page.GetByText("Stopped."))).ToBeVisibleAsync(Patiently);
        await Assertions.Expect(first.Stop).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_killed_studio_goes_on_with_the_picture_it_was_drawing()
    {
        await using (var page = await Open())
        {
            await page.StartLong(RedCircle);
            await Assertions.Expect(page.Page.GetByText(new Regex(@"Step \d+ of 100"))).ToBeVisibleAsync(Patiently);
        }

        await KillAndStart();
        await using var later = await Open();
        await Assertions.Expect(later.Picture).ToBeVisibleAsync(Patiently);
    }

    [Fact]
    public async Task An_empty_prompt_is_asked_for_and_nothing_starts()
    {
        await using var page = await Open();
        await page.Start.ClickAsync();
        await Assertions.Expect(page.Page.GetByText("Describe a picture first")).ToBeVisibleAsync();
        await Assertions.Expect(page.Prompt).ToBeFocusedAsync();
        await Assertions.Expect(page.Stop).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Text_of_a_prompt_is_never_markup()
    {
        const string Hostile = "<img src=x onerror=alert(1)> & <b>bold</b> <|im_end|>";
        await using var page = await Open();
        page.Page.Dialog += (_, dialog) => Assert.Fail(dialog.Message);
        await page.Create(Hostile);
        await Assertions.Expect(page.Picture).ToBeVisibleAsync(Patiently);
        Assert.Equal(Hostile, await page.Picture.GetAttributeAsync("alt"));
        Assert.Empty(page.Faults);
    }

    [Theory]
    [InlineData(1440, 900, "dark")]
    [InlineData(1440, 900, "light")]
    [InlineData(360, 780, "dark")]
    public async Task Empty_and_finished_page_have_no_serious_finding_of_axe(int width, int height, string theme)
    {
        await using var page = await Open(width, height);
        await page.Page.EvaluateAsync($"document.documentElement.dataset.theme = '{theme}'");
        await page.AssertAccessible();
        await page.Create("a large yellow star in the night sky");
        await Assertions.Expect(page.Picture).ToBeVisibleAsync(Patiently);
        await page.AssertAccessible();
    }
}

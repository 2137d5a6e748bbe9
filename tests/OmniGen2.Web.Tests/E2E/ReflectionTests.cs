using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>A picture that checks itself, in a real browser over the real studio and the real checkpoint.</summary>
[Collection(BrowserTests.Name)]
public sealed class ReflectionTests(BrowserFixture browser) : StudioTests(browser)
{
    [Fact]
    public async Task A_picture_checks_itself_in_rounds_and_the_best_one_comes_onto_the_stage()
    {
        await using var page = await Open();
        await page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Check and improve" }).CheckAsync();
        await page.Create("a large red star in the center on a white background");
        var rounds = page.Page.GetByRole(AriaRole.List, new() { Name = "Rounds" }).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(rounds.First).ToContainTextAsync("Round 1", new() { Timeout = 120_000 });
        await Assertions.Expect(page.Picture).ToBeVisibleAsync(Patiently);
        // A checkpoint that cannot describe what it drew gives no score, and the first round stays the best.
        await Assertions.Expect(rounds.First).ToContainTextAsync(new Regex(@"\d+ of 25|No score"), new() { Timeout = 120_000 });
        var best = rounds.Filter(new() { HasText = "Best" });
        await Assertions.Expect(best).ToHaveCountAsync(1);
        await Assertions.Expect(best.Locator("a[aria-current=true]")).ToHaveCountAsync(1);

        await page.Reload();
        await Assertions.Expect(best).ToHaveCountAsync(1);
        await rounds.First.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(rounds.First.Locator("a[aria-current=true]")).ToHaveCountAsync(1);
        await page.AssertAccessible("a picture that checked itself");
        Assert.Empty(page.Faults);
    }
}

using Microsoft.Playwright;
using OmniGen2.Imaging;
using static Microsoft.Playwright.Assertions;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>A picture of another studio, dropped anywhere on a page, fills the form of Create; its words stay words.</summary>
[Collection(BrowserTests.Name)]
public sealed class DroppedPictureTests(BrowserFixture browser) : StudioTests(browser)
{
    private const float Patience = 120_000;

    private const string Comfy = """
        {"3": {"class_type": "KSampler", "inputs": {"seed": 4242, "steps": 17, "cfg": 4.5, "sampler_name": "euler", "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0]}},
         "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 128, "height": 128}},
         "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox in the snow"}},
         "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry"}}}
        """;

    private const string Hostile = """<img src="x" onerror="window.hacked = 1"><script>window.hacked = 2</script> " autofocus onfocus="window.hacked = 3""";

    [Fact]
    public async Task Settings_of_another_studio_fill_the_form_from_any_page()
    {
        await using var page = await Open();
        await page.Page.GotoAsync("/gallery");
        await page.Page.Locator("[data-interactive]").WaitForAsync();
        await Drop(page, "fox.png", "prompt", Comfy);
        await Expect(page.Prompt).ToHaveValueAsync("a fox in the snow", new() { Timeout = Patience });
        await Expect(page.Page.GetByText("ComfyUI wrote into fox.png")).ToBeVisibleAsync(new() { Timeout = Patience });

        await Drop(page, "evil.png", "parameters", $"{Hostile}\nSteps: 12, Sampler: Euler, CFG scale: 4, Seed: 42, Size: 128x128");
        await Expect(page.Prompt).ToHaveValueAsync(Hostile, new() { Timeout = Patience });
        Assert.Null(await page.Page.EvaluateAsync<string?>("window.hacked"));
        Assert.Equal(0, await page.Page.Locator("img[src=x]").CountAsync());
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Picture_without_settings_can_be_edited()
    {
        await using var page = await Open();
        await Drop(page, "plain.png", "Title", "nothing that helps");
        await Expect(page.Page.GetByText("plain.png does not say how it was made.")).ToBeVisibleAsync(new() { Timeout = Patience });
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Edit it" }).ClickAsync();
        await page.Page.WaitForURLAsync("**/edit/*");
        await Expect(page.Page.GetByRole(AriaRole.Img, new() { Name = "plain.png" })).ToBeVisibleAsync(new() { Timeout = Patience });
        Assert.Empty(page.Faults);
    }

    /// <summary>The place for files is opened for giving by one message, and listens from another one on.</summary>
    [Fact]
    public async Task Picture_that_is_dropped_while_the_page_comes_alive_is_not_lost()
    {
        await using var page = await Open();
        await page.Straggle(TimeSpan.FromSeconds(0.4));
        await page.Page.ReloadAsync();
        await Drop(page, "plain.png", "Title", "nothing that helps");
        await Expect(page.Page.GetByText("plain.png does not say how it was made.")).ToBeVisibleAsync(new() { Timeout = Patience });
        Assert.Empty(page.Faults);
    }

    /// <summary>As a hand does that lets go of a file over the page.</summary>
    private static async Task Drop(StudioPage page, string name, string keyword, string text)
    {
        var png = ImageFile.EncodePng(new RgbImage(32, 32, new byte[32 * 32 * 3]), new Dictionary<string, string> { [keyword] = text });
        await page.Page.EvaluateAsync(
            """
            ([name, bytes]) => {
              const dataTransfer = new DataTransfer();
              dataTransfer.items.add(new File([Uint8Array.from(atob(bytes), x => x.charCodeAt(0))], name, { type: "image/png" }));
              document.querySelector("main").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
            }
            """,
            new[] { name, Convert.ToBase64String(png) });
    }
}

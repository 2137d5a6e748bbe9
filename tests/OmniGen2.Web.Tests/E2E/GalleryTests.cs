using System.IO.Compression;
using Microsoft.Playwright;
using OmniGen2.Imaging;
using static Microsoft.Playwright.Assertions;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>The gallery in a real browser, over pictures that the studio finds at its start.</summary>
[Collection(BrowserTests.Name)]
public sealed class GalleryTests(BrowserFixture browser) : StudioTests(browser)
{
    private const float Patience = 120_000;

    public override async Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(DataPath, "incoming"));
        foreach (var (prompt, seed) in (IEnumerable<(string, long)>)[("a red star", 1), ("a blue circle", 2), ("a blue circle on red", 3)])
        {
            var request = new GenerationRequest { Prompt = prompt, Seed = seed, Width = 64, Height = 64, Steps = 8 };
            var metadata = new GenerationMetadata { Request = request, Model = "omnigen2-mini", Width = 64, Height = 64, StepsDone = 8, Created = DateTimeOffset.UtcNow.AddMinutes(seed) };
            await File.WriteAllBytesAsync(Path.Combine(DataPath, "incoming", $"{Guid.NewGuid():N}.png"), ImageFile.EncodePng(new RgbImage(64, 64, new byte[64 * 64 * 3]), metadata.ToPngTexts()));
        }

        await base.InitializeAsync();
    }

    [Fact]
    public async Task Pictures_are_deleted_and_brought_back_selected_zipped_and_found_by_keyboard()
    {
        await using var page = await Open();
        await GoToGallery(page);
        await Count(page, 3);
        await page.Page.Locator(".cell__open").First.FocusAsync();
        await page.Page.Keyboard.PressAsync("Delete");
        await Count(page, 2);
        await page.Page.Keyboard.PressAsync("Control+z");
        await Count(page, 3);

        await page.Page.Locator(".cell__open").First.FocusAsync();
        await page.Page.Keyboard.PressAsync("Control+a");
        await Expect(page.Page.GetByText("3 selected")).ToBeVisibleAsync(new() { Timeout = Patience });
        var zip = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Button, new() { Name = "Zip" }).ClickAsync());
        await using (var file = File.OpenRead(await zip.PathAsync()))
        {
            Assert.Equal(4, new ZipArchive(file).Entries.Count);
        }

        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("blue -red after:2026-01-01");
        await page.Page.Keyboard.PressAsync("Enter");
        await Count(page, 1);
        await Expect(page.Page.Locator(".cell__open")).ToHaveAttributeAsync("aria-label", "a blue circle", new() { Timeout = Patience });
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Finger_that_stays_selects_and_two_pictures_are_compared()
    {
        await using var page = await Open(360, 780);
        await GoToGallery(page);
        await Count(page, 3);
        await page.Page.Locator(".cell__open").First.EvaluateAsync("cell => cell.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerType: 'touch', isPrimary: true }))");
        await Expect(page.Page.GetByText("1 selected")).ToBeVisibleAsync(new() { Timeout = Patience });
        await page.Page.GetByLabel("Select a red star").CheckAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();
        await Expect(page.Page.GetByLabel("Divider between first and second")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Expect(page.Page.GetByRole(AriaRole.Row, new() { Name = "Seed 1 3" })).ToBeVisibleAsync(new() { Timeout = Patience });
        Assert.Empty(page.Faults);
    }

    private static async Task GoToGallery(StudioPage page)
    {
        await page.Page.GotoAsync("/gallery");
        await page.Page.Locator("[data-interactive] .grid[data-ready]").WaitForAsync();
    }

    private static Task Count(StudioPage page, int pictures) => Expect(page.Page.Locator(".cell img")).ToHaveCountAsync(pictures, new() { Timeout = Patience });
}

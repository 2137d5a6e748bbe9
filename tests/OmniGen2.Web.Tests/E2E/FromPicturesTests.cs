using System.Text;
using Microsoft.Playwright;
using OmniGen2.Imaging;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>Edit and Compose in a real browser, over the real studio and the real checkpoint.</summary>
[Collection(BrowserTests.Name)]
public sealed class FromPicturesTests(BrowserFixture browser) : StudioTests(browser)
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(360, 780)]
    public async Task An_uploaded_picture_is_edited_compared_and_found_again_after_a_reload(int width, int height)
    {
        await using var page = await Open(width, height);
        await page.Go("/edit");
        await Give(page, "square.png", Square());
        await page.Page.WaitForURLAsync("**/edit/*");

        await Words(page, "What should change?", "set the background to pink");
        await Assertions.Expect(page.Page.GetByLabel("Divider between before and after")).ToBeVisibleAsync(Patiently);
        await page.Reload();

        await Assertions.Expect(page.Page.GetByLabel("Divider between before and after")).ToBeVisibleAsync(Patiently);
        await page.AssertAccessible();
        Assert.Empty(page.Faults);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Go on from here" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".hero").GetByRole(AriaRole.Img, new() { Name = "set the background to pink" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_refused_by_name()
    {
        await using var page = await Open();
        await page.Go("/edit");
        await Give(page, "notes.png", Encoding.UTF8.GetBytes("not a picture"));

        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "notes.png" })).ToBeVisibleAsync();
        await page.Page.Locator("[data-key=start]").ClickAsync();
        await Assertions.Expect(page.Page.GetByText("Choose a picture first")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Pictures_are_put_in_order_and_composed()
    {
        await using var page = await Open();
        await page.Go("/compose");
        await Give(page, "one.png", Square());
        await Assertions.Expect(page.Page.GetByText("1 of 5 pictures")).ToBeVisibleAsync();
        await Give(page, "two.png", Square(grey: 90));
        await Assertions.Expect(page.Page.GetByText("2 of 5 pictures")).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Move image 2 to the left" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".slot").First.GetByText("two.png")).ToBeVisibleAsync();
        await page.Page.Locator(".slot").First.DragToAsync(page.Page.Locator(".slot").Nth(1));
        await Assertions.Expect(page.Page.Locator(".slot").First.GetByText("one.png")).ToBeVisibleAsync();

        await page.Page.GetByLabel("Prompt", new() { Exact = true }).FillAsync("put the square from image 4 beside it");
        await page.Page.GetByLabel("Prompt", new() { Exact = true }).BlurAsync();
        await Assertions.Expect(page.Page.GetByText("The words speak of the fourth image")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator(".slot--asked")).ToContainTextAsync("Add image 4");
        await Assertions.Expect(page.Page.Locator(".prompt__marks .miss")).ToHaveTextAsync("image 4");
        await page.Page.RunAndWaitForFileChooserAsync(() => page.Page.Locator(".note").GetByRole(AriaRole.Button, new() { Name = "Add image 3", Exact = true }).ClickAsync());
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByLabel("Prompt", new() { Exact = true })).ToHaveValueAsync("put the square beside it");
        await Assertions.Expect(page.Page.Locator(".prompt__marks mark")).ToHaveCountAsync(0);

        // Without leaving the field: a pause is enough.
        await page.Page.GetByLabel("Prompt", new() { Exact = true }).PressSequentiallyAsync(" as in the fifth picture");
        await Assertions.Expect(page.Page.Locator(".slot--asked")).ToContainTextAsync("Add image 5");
        await Words(page, "Prompt", "put the shape from the first image and the shape from the second image side by side");

        await Assertions.Expect(page.Page.Locator(".composed img")).ToBeVisibleAsync(Patiently);
        await page.AssertAccessible();
        Assert.Empty(page.Faults);
    }

    private static async Task Words(StudioPage page, string label, string words)
    {
        await page.Page.GetByLabel(label, new() { Exact = true }).FillAsync(words);
        await page.Page.GetByLabel(label, new() { Exact = true }).PressAsync("Enter");
    }

    private static Task Give(StudioPage page, string name, byte[] file) =>
        page.Page.Locator("input[data-paste]:enabled").First.SetInputFilesAsync(new FilePayload { Name = name, MimeType = "image/png", Buffer = file });

    private static byte[] Square(byte grey = 200)
    {
        var pixels = new byte[128 * 128 * 3];
        Array.Fill(pixels, grey);
        return ImageFile.EncodePng(new RgbImage(128, 128, pixels));
    }
}

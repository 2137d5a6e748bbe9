using Microsoft.Playwright;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>The Chat tab in a real browser, over the real studio and the real checkpoint.</summary>
[Collection(BrowserTests.Name)]
public sealed class ChatTests(BrowserFixture browser) : StudioTests(browser)
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(360, 780)]
    public async Task A_thread_answers_in_words_and_in_pictures_and_outlives_a_reload(int width, int height)
    {
        await using var page = await Open(width, height);
        await page.Go("/chat");
        await Say(page, "hello");
        await Assertions.Expect(page.Page.Locator(".msg__text").First).ToBeVisibleAsync(Patiently);
        await Assertions.Expect(page.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0, new() { Timeout = 120_000 });

        await Say(page, "draw a large red star in the center on a white background");
        await Assertions.Expect(page.Page.Locator(".msg__pic img[src^='/images/']")).ToBeVisibleAsync(Patiently);
        await page.Reload();

        await Assertions.Expect(page.Page.Locator(".msg__pic img[src^='/images/']")).ToBeVisibleAsync(Patiently);
        await Assertions.Expect(page.Page.Locator(".msg")).ToHaveCountAsync(4);
        await page.AssertAccessible();
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_deleted_thread_comes_back_by_undo()
    {
        await using var page = await Open();
        await page.Go("/chat");
        await Say(page, "who are you");
        await Assertions.Expect(page.Page.Locator(".msg__text").First).ToBeVisibleAsync(Patiently);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete this thread" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".list__item")).ToHaveCountAsync(0);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Assertions.Expect(page.Page.GetByText("who are you").Last).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.Locator(".msg")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_picture_of_the_thread_goes_into_the_next_message_by_dragging_and_by_its_plus()
    {
        await using var page = await Open();
        await page.Go("/chat");
        await Say(page, "draw a large red star in the center on a white background");
        await Assertions.Expect(page.Page.Locator(".msg__pic img[src^='/images/']")).ToBeVisibleAsync(Patiently);
        var added = page.Page.Locator(".composer__pics li");

        // Beside the words, where a field would take nothing by itself.
        await page.Page.Locator(".threadpics .slot__pic").DragToAsync(page.Page.Locator(".composer .row"));
        await Assertions.Expect(added).ToHaveCountAsync(1);
        await Assertions.Expect(page.Page.GetByLabel("Message", new() { Exact = true })).ToHaveValueAsync("");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Take it out" }).ClickAsync();
        await Assertions.Expect(added).ToHaveCountAsync(0);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Add image 1 to the message" }).ClickAsync();
        await Assertions.Expect(added).ToHaveCountAsync(1);
        await Say(page, "What is in this picture?");
        await Assertions.Expect(page.Page.Locator(".msg--me").Last.GetByRole(AriaRole.Img, new() { Name = "Image 1" })).ToBeVisibleAsync();
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task A_thread_is_named_and_found_and_its_words_are_taken_along_and_said_again()
    {
        await using var page = await Open();
        // Over plain http in a network the browser has no clipboard to give.
        await page.Page.AddInitScriptAsync("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
        await page.Go("/chat");
        await Say(page, "who are you");
        var answer = page.Page.Locator(".msg__text:not([aria-busy])");
        await Assertions.Expect(answer).ToHaveCountAsync(1, new() { Timeout = 120_000 });

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Rename this thread" }).ClickAsync();
        var name = page.Page.GetByLabel("Name of the thread");
        await Assertions.Expect(name).ToBeFocusedAsync();
        await name.PressAsync("Escape");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("who are you");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Rename this thread" }).ClickAsync();
        await name.FillAsync("An introduction");
        await name.PressAsync("Enter");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("An introduction");
        await page.Page.GetByLabel("Search the threads").FillAsync("introd");
        await Assertions.Expect(page.Page.Locator(".list__item")).ToHaveCountAsync(1);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Copy your message" }).ClickAsync();
        var field = page.Page.GetByLabel("Message", new() { Exact = true });
        await field.FocusAsync();
        await field.PressAsync("Control+v");
        await Assertions.Expect(field).ToHaveValueAsync("who are you");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Answer again" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Answer again" })).ToBeVisibleAsync(Patiently);
        await Assertions.Expect(page.Page.Locator(".msg")).ToHaveCountAsync(2);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Edit this message" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".msg")).ToHaveCountAsync(0);
        await Assertions.Expect(field).ToHaveValueAsync("who are you");
        Assert.Empty(page.Faults);
    }

    private static async Task Say(StudioPage page, string words)
    {
        await page.Page.GetByLabel("Message", new() { Exact = true }).FillAsync(words);
        await page.Page.GetByLabel("Message", new() { Exact = true }).PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator(".msg--me").Last).ToContainTextAsync(words);
    }
}

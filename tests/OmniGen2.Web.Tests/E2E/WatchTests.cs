using Microsoft.Playwright;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>Two people in two browsers before one picture in the making.</summary>
[Collection(BrowserTests.Name)]
public sealed class WatchTests(BrowserFixture browser) : StudioTests(browser, "--Team:Accounts=true")
{
    private const string Password = "a correct horse battery";

    [Fact]
    public async Task Running_picture_that_is_shared_shows_its_previews_and_remarks_in_both_browsers()
    {
        var mira = await OpenEmpty();
        await mira.GotoAsync(FirstLink);
        await Come(mira, "Mira Lindqvist", "Create the administrator", "mira@studio.lan");
        var li = await OpenEmpty();
        await li.GotoAsync(await Invitation(mira));
        await Come(li, "Li Wei", "Join the studio", "li@studio.lan");

        var job = await Ask(mira, "a secret red star");
        await li.GotoAsync("/queue");
        await Assertions.Expect(li.Locator(".lane .job--run")).ToContainTextAsync("Private");
        await Assertions.Expect(li.GetByText("a secret red star")).ToHaveCountAsync(0);

        await mira.GotoAsync("/queue");
        await mira.Locator("[data-interactive] .queue__now").GetByRole(AriaRole.Button, new() { Name = "Share" }).ClickAsync();
        await mira.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await Assertions.Expect(mira.GetByRole(AriaRole.Dialog).GetByText("The whole team", new() { Exact = true })).ToBeVisibleAsync();

        await li.GetByRole(AriaRole.Link, new() { Name = "Watch", Exact = true }).ClickAsync();
        await li.WaitForURLAsync($"**/watch/{job}");
        await mira.GotoAsync($"/watch/{job}");
        foreach (var page in (IPage[])[mira, li])
        {
            await Assertions.Expect(page.Locator($".hero img[src^='/previews/{job.Replace("-", "", StringComparison.Ordinal)}']")).ToBeVisibleAsync();
        }

        await li.GetByRole(AriaRole.Textbox, new() { Name = "Remark", Exact = true }).FillAsync("Keep the background white");
        await li.GetByRole(AriaRole.Button, new() { Name = "Send the remark" }).ClickAsync();
        await Assertions.Expect(mira.GetByText("Keep the background white")).ToBeVisibleAsync();
        await mira.Context.CloseAsync();
        await li.Context.CloseAsync();
    }

    private static async Task Come(IPage page, string name, string button, string email)
    {
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await page.Locator("[data-interactive] [data-key=start]").WaitForAsync();
    }

    private static async Task<string> Invitation(IPage administrator)
    {
        await administrator.GotoAsync("/admin/invitations");
        await administrator.Locator("[data-interactive] .askrow").GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        return await administrator.Locator(".secret code").TextContentAsync() ?? "";
    }

    /// <summary>A picture that takes long enough to be watched.</summary>
    private static async Task<string> Ask(IPage page, string prompt)
    {
        var answer = await page.APIRequest.PostAsync("/api/jobs", new() { DataObject = new { prompt, steps = 1000, width = 256, height = 256 } });
        Assert.True(answer.Ok, await answer.TextAsync());
        return (await answer.JsonAsync())!.Value.GetProperty("jobs")[0].GetProperty("id").GetString()!;
    }
}

using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Components.Layout;
using OmniGen2.Web.Components.Pages.Gallery;
using OmniGen2.Web.History;
using OmniGen2.Web.Tests.History;

namespace OmniGen2.Web.Tests.Components;

/// <summary>The gallery's page over a real history; the browser's part (columns, scrolling, focus) is told by hand.</summary>
public sealed class GalleryPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Only_rows_near_the_window_exist_and_their_places_are_told()
    {
        await using var studio = await Open(500);
        var page = Page();
        await Grid(page).InvokeAsync(() => Grid(page).Instance.Show(5, 40, 43, 41));
        page.WaitForAssertion(() => Assert.Equal(20, page.FindAll("[role=gridcell]").Count), Patience);
        var grid = page.Find("[role=grid]");
        Assert.Equal(("100", "5", "500"), (grid.GetAttribute("aria-rowcount"), grid.GetAttribute("aria-colcount"), grid.GetAttribute("data-count")));
        Assert.Equal("41", page.Find("[role=row]").GetAttribute("aria-rowindex"));
        Assert.StartsWith("picture 200", page.Find(".cell__open").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Single(page.FindAll(".cell__open[tabindex='0']"));
    }

    [Fact]
    public async Task Keys_select_a_range_and_star_all_of_it()
    {
        await using var studio = await Open(30);
        var page = Page();
        await Press(page, "x", 3);
        await Press(page, "x", 7, shift: true);
        Assert.Contains("5 selected", page.Find(".selbar").TextContent, StringComparison.Ordinal);
        Assert.Equal(5, page.FindAll("[aria-selected=true]").Count);
        await Press(page, "s", 7);
        Assert.Equal(5, studio.Service<PictureSearch>().Find("is:starred").Count);
        page.WaitForAssertion(() => Assert.Contains("picture 3, its file is missing, starred", page.Markup, StringComparison.Ordinal), Patience);
        await Press(page, "a", 0);
        Assert.Contains("30 selected", page.Find(".selbar").TextContent, StringComparison.Ordinal);
        page.Find("[data-key=close]").Click();
        Assert.Empty(page.FindAll(".selbar"));
    }

    [Fact]
    public async Task Key_without_a_selection_is_about_the_picture_in_focus()
    {
        await using var studio = await Open(10);
        var page = Page();
        await Press(page, "4", 2);
        await Press(page, "Delete", 2);
        var gone = studio.Service<PictureSearch>().Page(studio.Service<PictureSearch>().Find("is:trashed"), 0, 5);
        Assert.Equal(("picture 2", 4), (Assert.Single(gone).Prompt, gone[0].Rating));
        page.WaitForAssertion(() => Assert.Equal("9", page.Find("[role=grid]").GetAttribute("data-count")), Patience);

        await page.InvokeAsync(Services.GetRequiredService<Toasts>().UndoLast);
        page.WaitForAssertion(() => Assert.Equal("10", page.Find("[role=grid]").GetAttribute("data-count")), Patience);
    }

    [Fact]
    public async Task Search_stands_in_the_address_and_its_chips_take_conditions_away()
    {
        await using var studio = await Open(10);
        var page = Page();
        page.Find("[data-key=search]").Input("seed:3 -blue");
        page.Find("[data-key=search]").KeyDown("Enter");
        Assert.EndsWith("gallery?q=seed%3A3%20-blue", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);

        var found = Page("seed:3 -blue");
        Assert.Equal(["seed:3", "-blue"], found.FindAll(".search .chip").Select(x => x.TextContent.Trim()));
        Assert.Single(found.FindAll("[role=gridcell]"));
        found.Find("[aria-label='Remove seed:3']").Click();
        Assert.EndsWith("?q=-blue", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_says_what_to_leave_out()
    {
        await using var studio = await Open(10);
        var page = Page("picture seed:77");
        Assert.Contains("Nothing matches", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Without seed:77 there are 10.", page.Find(".gal__none p").TextContent, StringComparison.Ordinal);
        page.Find(".gal__none button").Click();
        Assert.EndsWith("?q=picture", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Contains("There is no colour:", Page("colour:red").Find(".gal__hint").TextContent, StringComparison.Ordinal);
        Assert.Contains("The trash is empty", Page("is:trashed").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Board_is_made_from_the_selection_and_shown_at_the_side()
    {
        await using var studio = await Open(10);
        var page = Page();
        await Press(page, "x", 1);
        page.FindAll(".selbar [role=menuitem]").Single(x => x.TextContent.Contains("New board", StringComparison.Ordinal)).Click();
        page.Find("#board-name").Input("  ");
        page.FindAll(".dialog__acts button")[1].Click();
        Assert.Contains("needs a name", page.Find("#board-fault").TextContent, StringComparison.Ordinal);
        page.Find("#board-name").Input("Autumn");
        page.FindAll(".dialog__acts button")[1].Click();
        page.WaitForAssertion(() => Assert.Contains("Autumn1", page.Find("[data-board]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(1, studio.Service<PictureSearch>().Find("board:autumn").Count);

        var id = page.Find("[data-board]").GetAttribute("data-board");
        await Press(page, $"board:{id}", 5);
        Assert.Equal(2, studio.Service<PictureSearch>().Find("board:autumn").Count);
    }

    [Fact]
    public async Task Trash_asks_before_it_deletes_for_good()
    {
        await using var studio = await Open(10);
        await studio.Change(db => db.Pictures.ExecuteUpdateAsync(set => set.SetProperty(x => x.DeletedAt, DateTimeOffset.UtcNow)));
        var page = Page("is:trashed");
        await Press(page, "x", 0);
        page.FindAll(".selbar button").Single(x => x.TextContent == "Restore").Click();
        page.WaitForAssertion(() => Assert.Equal("9", page.Find("[role=grid]").GetAttribute("data-count")), Patience);
        page.FindAll(".gal__info button").Single(x => x.TextContent == "Empty the trash").Click();
        page.WaitForAssertion(() => Assert.Contains("9 pictures and their files are deleted", page.Find("dialog h3 + p").TextContent, StringComparison.Ordinal), Patience);
        page.FindAll(".dialog__acts .btn--danger").Single().Click();
        page.WaitForAssertion(() => Assert.Contains("The trash is empty", page.Markup, StringComparison.Ordinal), Patience);
        await studio.Change(async db => Assert.Equal(1, await db.Pictures.CountAsync()));
    }

    [Fact]
    public async Task Words_of_a_picture_are_never_markup()
    {
        const string Hostile = "<img src=x onerror=alert(1)> \" autofocus onfocus=alert(2)";
        await using var studio = await Open(0);
        await studio.Keep(Some.Picture(Hostile));
        var page = Page();
        Assert.Equal(Hostile + ", its file is missing", page.Find(".cell__open").GetAttribute("aria-label"));
        Assert.Empty(page.FindAll("img[src=x], [autofocus]"));
    }

    [Theory]
    [InlineData("S")]
    [InlineData("L")]
    public async Task Full_screen_turns_from_picture_to_picture(string size)
    {
        await using var studio = await Open(4);
        var page = Page();
        page.FindAll(".seg button").Single(x => x.TextContent == size).Click();
        Assert.Equal(size, page.Find("[role=grid]").GetAttribute("data-size"));
        await Press(page, "f", 1);
        Assert.Contains("2 of 4", page.Find(".viewer__bar").TextContent, StringComparison.Ordinal);
        page.Find("[data-viewer=next]").Click();
        page.Find("[data-viewer=next]").Click();
        Assert.Equal("picture 3", page.Find(".viewer__stage img").GetAttribute("alt"));
        Assert.True(page.Find("[data-viewer=next]").HasAttribute("disabled"));
        page.Find("dialog.viewer").TriggerEvent("onclose", EventArgs.Empty);
        Assert.Empty(page.FindAll(".viewer__bar"));
    }

    private static IRenderedComponent<PictureGrid> Grid(IRenderedComponent<GalleryPage> page) => page.FindComponent<PictureGrid>();

    private static Task Press(IRenderedComponent<GalleryPage> page, string key, int index, bool shift = false) =>
        page.InvokeAsync(() => Grid(page).Instance.Press(key, index, shift));

    private IRenderedComponent<GalleryPage> Page(string? search = null)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(search is null ? "gallery" : $"gallery?q={Uri.EscapeDataString(search)}");
        var page = Render<GalleryPage>();
        if (page.FindAll("[role=grid]").Count > 0)
        {
            page.InvokeAsync(() => Grid(page).Instance.Show(5, 0, 5, 0));
        }

        return page;
    }

    private async Task<TestStudio> Open(int pictures)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var studio = await TestStudio.Start(FakePipeline.Held());
        await studio.Keep([.. Enumerable.Range(0, pictures).Select(x => Some.Picture($"picture {x}", age: x, seed: x))]);
        Services.AddSingleton(studio.Queue);
        Services.AddSingleton(studio.Model);
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(studio.Service<Boards>());
        Services.AddSingleton(studio.Service<PictureTags>());
        Services.AddSingleton<Toasts>();
        Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PictureCommands>(studio.Services, provider.GetRequiredService<Toasts>()));
        Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<GalleryData>(studio.Services, provider.GetRequiredService<Toasts>()));
        return studio;
    }
}

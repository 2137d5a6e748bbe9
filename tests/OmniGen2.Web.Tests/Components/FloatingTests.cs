using System.Collections.Concurrent;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Components.Layout;

namespace OmniGen2.Web.Tests.Components;

/// <summary>Toasts, menus and dialogs.</summary>
public sealed class FloatingTests : BunitContext
{
    private readonly ManualTime _time = new();
    private readonly Toasts _toasts = new();

    public FloatingTests()
    {
        // Generous: machines that run tests are busy.
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(_time);
        Services.AddSingleton(_toasts);
    }

    [Fact]
    public void What_was_undone_by_its_button_is_not_undone_again_by_the_key()
    {
        var undone = 0;
        var stack = Render<ToastStack>();
        _toasts.Undoable("3 pictures moved to the trash.", () => Task.FromResult(undone++));
        stack.WaitForElement(".toast .btn").Click();
        Assert.Equal(1, undone);
        stack.WaitForAssertion(() => Assert.Empty(stack.FindAll(".toast, [data-key=undo]")));
    }

    [Fact]
    public void Key_undoes_the_latest_first_even_when_its_toast_is_gone()
    {
        var undone = new ConcurrentQueue<string>();
        var stack = Render<ToastStack>();
        _toasts.Undoable("first", () => Done("first"));
        _toasts.Undoable("second", () => Done("second"));
        stack.WaitForAssertion(() => Assert.Equal(2, stack.FindAll(".toast").Count));
        stack.InvokeAsync(_time.Pass);
        stack.WaitForAssertion(() => Assert.Empty(stack.FindAll(".toast")));
        stack.Find("[data-key=undo]").Click();
        stack.Find("[data-key=undo]").Click();
        stack.WaitForAssertion(() => Assert.Equal(["second", "first"], undone));

        Task Done(string what)
        {
            undone.Enqueue(what);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void Toast_that_is_pointed_at_stays()
    {
        var stack = Render<ToastStack>();
        _toasts.Say("Saved.");
        stack.WaitForElement(".toast").TriggerEvent("onmouseenter", new Microsoft.AspNetCore.Components.Web.MouseEventArgs());
        stack.InvokeAsync(_time.Pass);
        Assert.Contains("Saved.", stack.Find(".toast").TextContent, StringComparison.Ordinal);
        stack.Find(".toast").TriggerEvent("onmouseleave", new Microsoft.AspNetCore.Components.Web.MouseEventArgs());
        stack.WaitForState(() => _time.Waits > 0);
        stack.InvokeAsync(_time.Pass);
        stack.WaitForAssertion(() => Assert.Empty(stack.FindAll(".toast")));
    }

    [Fact]
    public void Undo_that_fails_says_why()
    {
        var stack = Render<ToastStack>();
        _toasts.Undoable("gone", () => throw new ModelException("The board was deleted for good."));
        stack.WaitForElement(".toast .btn").Click();
        stack.WaitForAssertion(() => Assert.Contains("deleted for good", stack.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Text_of_a_toast_is_never_markup()
    {
        var stack = Render<ToastStack>();
        _toasts.Say("<b>bold</b>");
        Assert.Equal("<b>bold</b>", stack.WaitForElement(".toast .grow").TextContent);
    }

    [Fact]
    public void Menu_button_names_its_menu_and_an_item_does_its_work()
    {
        var chosen = 0;
        var menu = Render<Menu>(parameters => parameters
            .Add(x => x.Label, "Order")
            .Add(x => x.Face, "Newest first")
            .AddChildContent<MenuItem>(item => item
                .Add(x => x.Chosen, true)
                .Add(x => x.OnClick, () => chosen++)
                .Add(x => x.ChildContent, "Oldest first")));
        Assert.Equal(menu.Find("[popover]").Id, menu.Find("button").GetAttribute("popovertarget"));
        var item = menu.Find("[role=menuitemradio]");
        Assert.Equal("true", item.GetAttribute("aria-checked"));
        item.Click();
        Assert.Equal(1, chosen);
    }

    [Fact]
    public void Dialog_is_opened_by_the_browser_and_says_when_it_was_closed()
    {
        var open = true;
        var module = JSInterop.SetupModule("./dialog.js");
        module.Mode = JSRuntimeMode.Loose;
        var dialog = Render<Dialog>(parameters => parameters
            .Add(x => x.Title, "New board")
            .Add(x => x.Open, true)
            .Add(x => x.OpenChanged, EventCallback.Factory.Create<bool>(this, value => open = value))
            .AddChildContent("<input>"));
        Assert.Single(module.Invocations["show"]);
        Assert.Equal("New board", dialog.Find($"#{dialog.Find("dialog").GetAttribute("aria-labelledby")}").TextContent);
        dialog.Find("dialog").TriggerEvent("onclose", EventArgs.Empty);
        Assert.False(open);
    }
}

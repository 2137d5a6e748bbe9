using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>The studio as somebody at a browser sees it.</summary>
public sealed class StudioPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = [];
    private readonly ConcurrentQueue<(string Url, byte[] Bytes)> _previews = [];

    private StudioPage(IPage page)
    {
        Page = page;

        // Generous: machines that run tests are busy.
        page.SetDefaultTimeout(120_000);
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _faults.Enqueue(message.Text);
            }
        };
        page.Response += OnResponse;
    }

    public IPage Page { get; }

    /// <summary>Script errors and failed requests so far.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>The previews that the browser fetched and that differ in content.</summary>
    public int DifferentPreviews => _previews.Select(x => Convert.ToBase64String(x.Bytes)).Distinct().Count();

    public ILocator Prompt => Page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = "Prompt" });

    public ILocator Start => Page.Locator("[data-key=start]");

    public ILocator Stop => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Stop" });

    /// <summary>The finished picture on the stage.</summary>
    public ILocator Picture => Page.Locator(".hero img[src^='/images/']");

    public ILocator Recent => Page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Recent results" }).Locator("img[src^='/thumbs/']");

    public static async Task<StudioPage> Open(IPage page)
    {
        var studio = new StudioPage(page);
        await studio.Go("/");
        return studio;
    }

    public async Task Go(string path)
    {
        await Page.GotoAsync(path);
        await Interactive();
    }

    public async Task Reload()
    {
        await Page.ReloadAsync();
        await Interactive();
    }

    /// <summary>From the next load on, all that the studio sends to the living page arrives this much later, as over a slow network.</summary>
    public Task MoveAway(TimeSpan delay) => Hold(before => Task.WhenAll(before, Task.Delay(delay)));

    /// <summary>From the next load on, so much time lies between any two things that the studio sends to the living page.</summary>
    public Task Straggle(TimeSpan gap) => Hold(async before =>
    {
        await before;
        await Task.Delay(gap);
    });

    private Task Hold(Func<Task, Task> wait) => Page.RouteWebSocketAsync(new Regex("_blazor"), socket =>
    {
        var studio = socket.ConnectToServer();
        var last = Task.CompletedTask;
        studio.OnMessage(frame => last = Pass(last, frame));

        async Task Pass(Task before, IWebSocketFrame frame)
        {
            await wait(before);
            if (frame.Binary is { } bytes)
            {
                socket.Send(bytes);
            }
            else
            {
                socket.Send(frame.Text!);
            }
        }
    });

    public async Task Create(string prompt)
    {
        await Prompt.FillAsync(prompt);
        await Prompt.PressAsync("Enter");
    }

    /// <summary>A picture of as many steps as the form allows, so that there is time to look at the job.</summary>
    public async Task StartLong(string prompt)
    {
        var settings = Page.Locator(".dockset");
        if (await settings.IsVisibleAsync())
        {
            await settings.ClickAsync();
        }

        await Page.GetByText("Fine tuning").ClickAsync();
        await Page.GetByLabel("Steps", new() { Exact = true }).FillAsync("100");
        foreach (var side in (string[])["Width", "Height"])
        {
            if (!await Page.GetByLabel(side, new() { Exact = true }).IsVisibleAsync())
            {
                await Page.Locator(".opt", new() { HasText = "Free" }).ClickAsync();
            }

            await Page.GetByLabel(side, new() { Exact = true }).FillAsync("256");
        }

        await Create(prompt);
        await Page.WaitForURLAsync("**/pictures/*");
    }

    /// <summary>A picture of far more steps than the form offers, asked for as a script would: it still runs however slow page and machine are.</summary>
    public async Task StartEndless(string prompt)
    {
        var answer = await Page.APIRequest.PostAsync("/api/jobs", new() { DataObject = new { prompt, width = 256, height = 256, steps = 1000 } });
        Assert.Equal(202, answer.Status);
        await Go($"/pictures/{answer.Headers["location"].Split('/')[^1]}");
    }

    public async Task GoToQueue()
    {
        await Page.GotoAsync("/queue");
        await Page.Locator("[data-interactive] .queue").WaitForAsync();
    }

    /// <summary>Nothing serious for axe, and nothing to scroll sideways.</summary>
    /// <param name="name">Of the page, for the sentence that says where something is wrong.</param>
    public async Task AssertAccessible(string name = "the page")
    {
        // Colours that are on their way to others, however short, are neither the page's.
        await Page.EvaluateAsync(
            """
            async () => {
              await new Promise(frame => requestAnimationFrame(() => requestAnimationFrame(frame)));
              await Promise.allSettled(document.getAnimations().filter(x => x instanceof CSSTransition).map(x => x.finished));
            }
            """);
        var result = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        var serious = result.Violations.Where(x => x.Impact is "serious" or "critical").Select(x => $"{name}: {x.Id}: {x.Help}: {x.Nodes[0].Html}").ToList();
        Assert.True(serious.Count == 0, string.Join(Environment.NewLine, serious));
        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} is wider than the screen");
    }

    public async Task<bool> PictureIsShown() => await Picture.EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0");

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    /// <summary>Until the circuit has taken over from the prerendered page, and the model is there.</summary>
    private async Task Interactive() => await Page.Locator("[data-interactive] [data-key=start]").WaitForAsync();

    private async void OnResponse(object? sender, IResponse response)
    {
        if (!response.Url.Contains("/previews/", StringComparison.Ordinal) || !response.Ok)
        {
            return;
        }

        try
        {
            _previews.Enqueue((response.Url, await response.BodyAsync()));
        }
        catch (PlaywrightException)
        {
            // The browser had already thrown the body away for a newer preview.
        }
    }
}

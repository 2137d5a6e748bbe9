using Microsoft.Playwright;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>Tests in a real browser over the real studio and the real checkpoint: each has a studio of its own, with a data folder of its own.</summary>
/// <param name="browser">What all of them share.</param>
/// <param name="options">Of the studio, as on its command line.</param>
public abstract class StudioTests(BrowserFixture browser, params string[] options) : IAsyncLifetime
{
    // Generous: machines that run tests are busy.
    protected static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 120_000 };

    private readonly TemporaryFolder _data = new();
    private StudioProcess? _studio;

    protected string DataPath => _data.Path;

    public virtual async Task InitializeAsync() => _studio = await StudioProcess.Start(browser.Program, _data.Path, options);

    public async Task DisposeAsync()
    {
        await (_studio?.DisposeAsync() ?? ValueTask.CompletedTask);
        _data.Dispose();
    }

    /// <summary>The studio in a browser of its own.</summary>
    protected Task<StudioPage> Open(int width = 1440, int height = 900) => browser.Open(_studio!.Address, width, height);

    /// <summary>What makes the first administrator; only of a studio with accounts.</summary>
    protected string FirstLink => _studio!.FirstLink ?? throw new InvalidOperationException("The studio did not print a link for its first administrator.");

    /// <summary>A browser of its own at no page yet.</summary>
    protected Task<IPage> OpenEmpty() => browser.OpenEmpty(_studio!.Address);

    /// <summary>A power cut, and the same studio again, over the same data.</summary>
    protected async Task KillAndStart()
    {
        await _studio!.Kill();
        _studio = await StudioProcess.Start(browser.Program, _data.Path, options);
    }
}

using System.Diagnostics;
using Microsoft.Playwright;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>One Chromium and one published studio for all end-to-end tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _published = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The published program; <see cref="StudioProcess"/> runs it.</summary>
    public string Program => Path.Combine(_published.Path, "OmniGen2.Web.dll");

    public async Task InitializeAsync()
    {
        await Publish();
        // Generous: machines that run tests are busy.
        Assertions.SetDefaultExpectTimeout(120_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
        _published.Dispose();
    }

    /// <summary>A page of a browser of its own (cookies, storage) that notes every fault it meets.</summary>
    public async Task<StudioPage> Open(Uri address, int width = 1440, int height = 900) => await StudioPage.Open(await OpenEmpty(address, width, height));

    /// <summary>As above, at no address yet and with nothing noted.</summary>
    public async Task<IPage> OpenEmpty(Uri address, int width = 1440, int height = 900)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        return page;
    }

    private async Task Publish()
    {
        // artifacts/bin/<project>/<configuration>: what was built for these tests is what is published.
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = RepositoryRoot.Path, RedirectStandardOutput = true };
        foreach (var argument in new[] { "publish", "src/OmniGen2.Web", "-c", configuration, "-o", _published.Path, "--no-build", "-nodeReuse:false" })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}

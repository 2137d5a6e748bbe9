using Microsoft.JSInterop;

namespace OmniGen2.Web.Components.Controls;

/// <summary>A script of wwwroot: fetched when first used, let go with the component that uses it. When the page is gone, its calls do nothing.</summary>
public sealed class BrowserModule(IJSRuntime browser, string path) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    public async ValueTask<T?> Invoke<T>(string name, params object?[] arguments)
    {
        try
        {
            _module ??= await browser.InvokeAsync<IJSObjectReference>("import", path);
            return await _module.InvokeAsync<T>(name, arguments);
        }
        catch (JSDisconnectedException)
        {
            return default;
        }
    }

    public async ValueTask Invoke(string name, params object?[] arguments) => await Invoke<object>(name, arguments);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (_module?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // Gone together with the page.
        }
    }
}

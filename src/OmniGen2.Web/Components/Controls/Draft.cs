using Microsoft.JSInterop;

namespace OmniGen2.Web.Components.Controls;

/// <summary>
/// Text that a reload must not take. drafts.js keeps what is typed into the field with data-draft of this name and puts it back;
/// what changes the text otherwise is told from here.
/// </summary>
public sealed class Draft(IJSRuntime browser, string name)
{
    private string? _kept;

    public string Name => name;

    /// <summary>Puts what was written before into the empty field. Null, or that text where the field is not on the page.</summary>
    /// <param name="text">What stands in it by now.</param>
    public async Task<string?> Restore(string text)
    {
        _kept = text;
        try
        {
            return await browser.InvokeAsync<string?>("drafts.restore", name);
        }
        catch (JSDisconnectedException)
        {
            return null;
        }
    }

    /// <summary>After every render.</summary>
    public async Task Keep(string text)
    {
        if (_kept is null || _kept == text)
        {
            return;
        }

        _kept = text;
        try
        {
            await browser.InvokeVoidAsync("drafts.keep", name, text);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and what was typed into it is kept there.
        }
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>What can be done with whole threads.</summary>
public sealed partial class ChatTab
{
    private ElementReference _name;
    private string _title = "";
    private bool _renaming;
    private bool _isNameNew;

    private async Task Search(string words)
    {
        _words = words;
        _threads = await threads.List(_words, ThreadsListed, Closed);
    }

    private void AskName() => (_renaming, _isNameNew, _title) = (true, true, _thread?.Title ?? "");

    private async Task OnNameKey(KeyboardEventArgs press)
    {
        if (press.Key == "Escape")
        {
            _renaming = false;
        }
        else if (press.Key == "Enter")
        {
            await Rename();
        }
    }

    /// <summary>Whoever goes elsewhere has named it; an empty name changes nothing.</summary>
    private async Task Rename()
    {
        if (_renaming && _thread is not null && _title.Trim().Length > 0)
        {
            await threads.Rename(_thread.Id, _title.Trim(), Closed);
        }

        _renaming = false;
        await Load();
    }

    private async Task Delete()
    {
        if (_thread is not { } gone)
        {
            return;
        }

        await threads.Delete(gone.Id, Closed);
        toasts.Undoable($"“{gone.Title}” is in the trash.", async () =>
        {
            await threads.Restore(gone.Id, CancellationToken.None);
            await InvokeAsync(() => navigation.NavigateTo($"chat/{gone.Id}"));
        });
        navigation.NavigateTo("chat");
    }
}

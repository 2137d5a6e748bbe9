using Microsoft.AspNetCore.Components;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>What can be done with whole threads.</summary>
public sealed partial class ChatTab
{
    private async Task Search(string words)
    {
        _words = words;
        _threads = await threads.List(_words, ThreadsListed, Closed);
    }

    private async Task Rename(ChangeEventArgs input)
    {
        _renaming = false;
        if (_thread is not null && input.Value?.ToString() is { } title && title.Trim().Length > 0)
        {
            await threads.Rename(_thread.Id, title, Closed);
            await Load();
        }
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

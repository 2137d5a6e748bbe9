using Microsoft.AspNetCore.Components;

namespace OmniGen2.Web.Components.Controls;

/// <summary>A component that follows streams of the server for as long as it is shown.</summary>
public abstract class WatchingComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _closed = new();

    protected CancellationToken Closed => _closed.Token;

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs <paramref name="next"/> for each value and renders. Ends with the stream, the component or <paramref name="until"/>; a fault reaches the page's error boundary.</summary>
    protected Task Follow<T>(Func<CancellationToken, IAsyncEnumerable<T>> watch, Func<T, Task> next, CancellationToken until = default) => FollowChanges(
        watch,
        async value =>
        {
            await next(value);
            return true;
        },
        until);

    /// <summary>As above, and renders only when <paramref name="next"/> says that there is something new to see.</summary>
    protected async Task FollowChanges<T>(Func<CancellationToken, IAsyncEnumerable<T>> watch, Func<T, Task<bool>> next, CancellationToken until = default)
    {
        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token, until);
            await foreach (var value in watch(ended.Token))
            {
                await InvokeAsync(async () =>
                {
                    if (await next(value))
                    {
                        StateHasChanged();
                    }
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left, or something else is watched now.
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }
}

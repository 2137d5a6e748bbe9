using System.Net.WebSockets;
using System.Text;

namespace OmniGen2.Circuits;

/// <summary>
/// The circuit of a page as a browser holds it, without drawing it: asks for the page's live components, confirms every change and answers what the
/// page asks its scripts.
/// </summary>
internal class Circuit : IAsyncDisposable
{
    private const long AsObject = 1;

    private readonly WebSocket _socket;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly SemaphoreSlim _order = new(1);
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;

    /// <param name="page">Its whole address.</param>
    /// <param name="socket">Connected to /_blazor.</param>
    protected Circuit(Uri page, WebSocket socket) => (Page, _socket) = (page, socket);

    /// <summary>Changes of the page that were confirmed.</summary>
    public int Changes { get; private set; }

    /// <summary>What the studio calls it; null until it is open.</summary>
    public string? Id { get; private set; }

    /// <summary>Why the studio closed it; null while it is open.</summary>
    public string? Fault { get; private set; }

    protected CancellationToken Closed => _closed.Token;

    protected Uri Page { get; }

    /// <summary>Where a page's circuits are.</summary>
    public static Uri SocketOf(Uri page) => new UriBuilder(page) { Scheme = page.Scheme == "https" ? "wss" : "ws", Path = "/_blazor", Query = "" }.Uri;

    /// <summary>Breaks off, as a browser that leaves the page.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _order.Dispose();
        _closed.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Returns when the page has changed for the first time.</summary>
    /// <param name="html">The page as it was fetched.</param>
    protected async Task Begin(string html)
    {
        await Send(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text);
        _reading = ReadAll();
        await Call("1", "StartCircuit", new Uri(Page, "/").ToString(), Page.ToString(), "[]", "");
        await Call(null, "UpdateRootComponents", RootComponents.Of(html), "");
        await _seen.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    /// <param name="id">With one, the studio answers.</param>
    /// <param name="method">Of the hub.</param>
    /// <param name="arguments">Texts, whole numbers, truths, nothing.</param>
    protected Task Call(string? id, string method, params object?[] arguments) => Send(BlazorPack.Call(id, method, arguments), WebSocketMessageType.Binary);

    /// <summary>Does something between two changes of the page: what the studio is told of was there when it was chosen.</summary>
    protected async Task InOrder(Func<Task> work)
    {
        await _order.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            _order.Release();
        }
    }

    /// <summary>The page has changed.</summary>
    protected virtual void Rendered(byte[] change)
    {
    }

    /// <summary>The page asks one of its scripts.</summary>
    protected virtual void Asked(string script, string arguments)
    {
    }

    /// <summary>What was called of the page has returned.</summary>
    protected virtual void Returned(string call, bool isDone)
    {
    }

    /// <summary>The studio closed it.</summary>
    protected virtual void Broken(string fault)
    {
    }

    private async Task ReadAll()
    {
        var (buffer, rest) = (new byte[1 << 16], new MemoryStream());
        var isShaken = false;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(), _closed.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    Break("The studio ended the connection.");
                    return;
                }

                rest.Write(buffer, 0, received.Count);
                ReadOnlyMemory<byte> bytes = rest.ToArray();
                if (!isShaken)
                {
                    bytes = bytes[(bytes.Span.IndexOf((byte)0x1e) + 1)..];
                    isShaken = true;
                }

                while (BlazorPack.Cut(ref bytes) is { } message)
                {
                    await Take(message);
                }

                rest = new MemoryStream();
                rest.Write(bytes.Span);
            }
        }
        catch (OperationCanceledException)
        {
            // The browser leaves.
        }
        catch (WebSocketException error)
        {
            Break(error.Message);
        }
    }

    private async Task Take(ReadOnlyMemory<byte> message)
    {
        switch (Read(message))
        {
            case [1L, _, _, "JS.RenderBatch", object?[] arguments, ..]:
                Changes++;
                await InOrder(() =>
                {
                    Rendered((byte[])arguments[1]!);
                    return Call(null, "OnRenderCompleted", arguments[0], null);
                });
                _seen.TrySetResult();
                break;
            case [1L, _, _, "JS.BeginInvokeJS", object?[] and [long handle, string script, var asked, var kind, ..], ..]:
                Asked(script, (string?)asked ?? "[]");
                var result = kind is AsObject ? "{\"__jsObjectId\":1}" : "null";
                await Call(null, "EndInvokeJSFromDotNet", handle, true, $"[{handle},true,{result}]");
                break;
            case [1L, _, _, "JS.EndInvokeDotNet", object?[] and [string call, bool isDone, ..], ..]:
                Returned(call, isDone);
                break;
            case [3L, _, "1", 3L, string circuit, ..]:
                Id = circuit;
                break;
            case [7L, ..] or [1L, _, _, "JS.Error", ..]:
                Break("The studio closed the circuit: its log says why.");
                break;
        }
    }

    private void Break(string fault)
    {
        Fault ??= fault;
        _seen.TrySetException(new InvalidOperationException(fault));
        Broken(fault);
    }

    private static object?[] Read(ReadOnlyMemory<byte> message)
    {
        var bytes = message.Span;
        return (object?[])BlazorPack.Read(ref bytes)!;
    }

    private async Task Send(byte[] message, WebSocketMessageType type)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, type, endOfMessage: true, default);
        }
        finally
        {
            _sending.Release();
        }
    }
}

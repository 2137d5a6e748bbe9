using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OmniGen2.PreviewBench;

/// <summary>
/// What a browser does that watches a page, without drawing it: fetches the page, opens the circuit of its components, confirms every change and
/// fetches the newest preview that the page names, never two at once.
/// </summary>
internal sealed partial class Watcher : IAsyncDisposable
{
    private static readonly SearchValues<byte> Address = SearchValues.Create("/?=0123456789abcdefghijklmnopqrstuvwxyz"u8);

    private readonly HttpClient _http;
    private readonly Uri _page;
    private readonly Fetcher _previews;
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private Task _fetching = Task.CompletedTask;
    private string? _circuit;
    private string? _wanted;

    private Watcher(HttpClient http, Uri page) => (_http, _page, _previews) = (http, page, new Fetcher(page));

    /// <summary>Changes of the page that were confirmed.</summary>
    public int Changes { get; private set; }

    public int Previews { get; private set; }

    /// <summary>Of the previews.</summary>
    public long Bytes { get; private set; }

    /// <summary>Returns when the page has changed for the first time.</summary>
    public static async Task<Watcher> Open(HttpClient http, Uri page)
    {
        var watcher = new Watcher(http, page);
        var html = await http.GetStringAsync(page);
        await watcher._socket.ConnectAsync(new UriBuilder(page) { Scheme = "ws", Path = "/_blazor", Query = "" }.Uri, default);
        await watcher.SendText("{\"protocol\":\"blazorpack\",\"version\":1}\u001e");
        watcher._reading = watcher.ReadAll();
        await watcher.Send(BlazorPack.Call("1", "StartCircuit", new Uri(page, "/").ToString(), page.ToString(), "[]", ""));
        await watcher.Send(BlazorPack.Call(null, "UpdateRootComponents", Components(html), ""));
        await watcher._seen.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return watcher;
    }

    /// <summary>As a browser that leaves the page.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _reading;
        await _fetching;
        if (_circuit is not null)
        {
            using var form = new MultipartFormDataContent { { new StringContent(_circuit), "circuitId" } };
            using var left = await _http.PostAsync(new Uri(_page, "/_blazor/disconnect"), form);
            left.EnsureSuccessStatusCode();
        }

        _socket.Dispose();
        _previews.Dispose();
        _sending.Dispose();
        _closed.Dispose();
    }

    /// <summary>The page's live components, as its script would ask for them.</summary>
    private static string Components(string html)
    {
        var markers = Marker().Matches(html).Select(x => JsonNode.Parse(x.Groups[1].Value)!).Where(x => x["descriptor"] is not null);
        var operations = markers.Select((x, i) => (JsonNode)new JsonObject { ["type"] = "add", ["ssrComponentId"] = i + 1, ["marker"] = x });
        return new JsonObject { ["batchId"] = 1, ["operations"] = new JsonArray([.. operations]) }.ToJsonString();
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
            // The watcher leaves.
        }
    }

    private async Task Take(ReadOnlyMemory<byte> message)
    {
        switch (Read(message))
        {
            case [1L, _, _, "JS.RenderBatch", object?[] arguments, ..]:
                Changes++;
                await Send(BlazorPack.Call(null, "OnRenderCompleted", arguments[0], null));
                Look((byte[])arguments[1]!);
                _seen.TrySetResult();
                break;
            case [1L, _, _, "JS.BeginInvokeJS", object?[] arguments, ..]:
                var handle = (long)arguments[0]!;
                await Send(BlazorPack.Call(null, "EndInvokeJSFromDotNet", handle, true, $"[{handle},true,null]"));
                break;
            case [3L, _, "1", 3L, string circuit, ..]:
                _circuit = circuit;
                break;
            case [7L, ..] or [1L, _, _, "JS.Error", ..]:
                _seen.TrySetException(new InvalidOperationException("The studio closed the circuit: its log says why."));
                break;
        }
    }

    private static object?[] Read(ReadOnlyMemory<byte> message)
    {
        var bytes = message.Span;
        return (object?[])BlazorPack.Read(ref bytes)!;
    }

    /// <summary>A preview that the change names is fetched once the one before has come; of those in between only the latest.</summary>
    private void Look(byte[] change)
    {
        var at = change.AsSpan().LastIndexOf("/previews/"u8);
        if (at >= 0)
        {
            var rest = change.AsSpan(at);
            var end = rest.IndexOfAnyExcept(Address);
            _wanted = Encoding.ASCII.GetString(end < 0 ? rest : rest[..end]);
            _fetching = _fetching.IsCompleted ? Fetch() : _fetching;
        }
    }

    private async Task Fetch()
    {
        while (Interlocked.Exchange(ref _wanted, null) is { } wanted && !_closed.IsCancellationRequested)
        {
            Bytes += await _previews.Get(wanted);
            Previews++;
        }
    }

    private Task SendText(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, default);

    private async Task Send(byte[] message)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, default);
        }
        finally
        {
            _sending.Release();
        }
    }

    [GeneratedRegex("<!--Blazor:({.*?})-->")]
    private static partial Regex Marker();
}

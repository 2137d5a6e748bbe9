using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using OmniGen2.Circuits;

namespace OmniGen2.PreviewBench;

/// <summary>A browser that only watches a page: it fetches the newest preview that the page names, never two at once.</summary>
internal sealed class Watcher : Circuit
{
    private static readonly SearchValues<byte> Address = SearchValues.Create("/?=0123456789abcdefghijklmnopqrstuvwxyz"u8);

    private readonly HttpClient _http;
    private readonly Fetcher _previews;
    private Task _fetching = Task.CompletedTask;
    private string? _wanted;

    private Watcher(HttpClient http, Uri page, WebSocket socket)
        : base(page, socket) => (_http, _previews) = (http, new Fetcher(page));

    public int Previews { get; private set; }

    /// <summary>Of the previews.</summary>
    public long Bytes { get; private set; }

    /// <summary>Returns when the page has changed for the first time.</summary>
    public static async Task<Watcher> Open(HttpClient http, Uri page)
    {
        var html = await http.GetStringAsync(page);
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(SocketOf(page), default);
        var watcher = new Watcher(http, page, socket);
        await watcher.Begin(html);
        return watcher;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _fetching;
        if (Id is not null)
        {
            using var form = new MultipartFormDataContent { { new StringContent(Id), "circuitId" } };
            using var left = await _http.PostAsync(new Uri(Page, "/_blazor/disconnect"), form);
            left.EnsureSuccessStatusCode();
        }

        _previews.Dispose();
    }

    /// <summary>A preview that the change names is fetched once the one before has come; of those in between only the latest.</summary>
    protected override void Rendered(byte[] change)
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
        // After the base has let go of its token, reading it would be a fault.
        while (Interlocked.Exchange(ref _wanted, null) is { } wanted)
        {
            Bytes += await _previews.Get(wanted);
            Previews++;
        }
    }
}

using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace OmniGen2.Circuits;

/// <summary>A browser in which somebody goes from page to page, writes and presses; each act returns when the studio has answered it.</summary>
internal sealed class SimulatedBrowser : Circuit
{
    private const string Attach = "Blazor._internal.attachWebRendererInterop";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly List<RenderedElement> _elements = [];
    private readonly StringBuilder _texts = new();
    private readonly Dictionary<string, TaskCompletionSource<bool>> _calls = [];
    private TaskCompletionSource? _head;
    private readonly HashSet<long> _deaf = [];
    private (Func<RenderedElement, bool> Which, TaskCompletionSource Came)? _awaited;
    private long _events;
    private int _call = 1;

    private SimulatedBrowser(Uri page, WebSocket socket)
        : base(page, socket)
    {
    }

    /// <summary>All that the page showed since it was gone to, as it came.</summary>
    public string Shown
    {
        get
        {
            lock (_lock)
            {
                return _texts.ToString();
            }
        }
    }

    /// <summary>Returns when the page has shown its heading.</summary>
    /// <param name="http">With the cookies of who opens it.</param>
    /// <param name="page">Its whole address.</param>
    /// <param name="cookies">The same, for the circuit; null: none.</param>
    public static async Task<SimulatedBrowser> Open(HttpClient http, Uri page, System.Net.CookieContainer? cookies = null)
    {
        var html = await http.GetStringAsync(page);
        var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        await socket.ConnectAsync(SocketOf(page), default);
        var browser = new SimulatedBrowser(page, socket);
        var shown = browser.Heading();
        await browser.Begin(html);
        await shown.WaitAsync(Patience);
        return browser;
    }

    /// <summary>Goes to another page, as a click on a link does: until its heading is there.</summary>
    /// <param name="path">From the root.</param>
    public async Task<TimeSpan> GoTo(string path)
    {
        var shown = Heading();
        var begin = Stopwatch.GetTimestamp();
        await Call(null, "OnLocationChanged", new Uri(Page, path).ToString(), null, true);
        await shown.WaitAsync(Patience);
        return Stopwatch.GetElapsedTime(begin);
    }

    /// <summary>Until the page has such an element.</summary>
    public async Task Until(Func<RenderedElement, bool> which)
    {
        Task came;
        lock (_lock)
        {
            _awaited = (which, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            came = _awaited.Value.Came.Task;
            Look();
        }

        await came.WaitAsync(Patience);
    }

    /// <summary>Does something to an element of the page: until the studio has taken it and all that changed by it is there. Null: there is no such element.</summary>
    /// <param name="which">The element.</param>
    /// <param name="name">"click" or "change".</param>
    /// <param name="value">What is in the field now.</param>
    public async Task<TimeSpan?> Do(Func<RenderedElement, bool> which, string name, string? value = null)
    {
        Task<bool>? done = null;
        var begin = 0L;
        await InOrder(async () =>
        {
            if (Heard(which, name) is not { } handler)
            {
                return;
            }

            var call = $"{++_call}";
            lock (_lock)
            {
                done = (_calls[call] = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            var descriptor = new JsonObject { ["eventHandlerId"] = handler, ["eventName"] = name };
            var arguments = value is null ? new JsonObject { ["type"] = name } : new JsonObject { ["value"] = value };
            begin = Stopwatch.GetTimestamp();
            await Call(null, "BeginInvokeDotNetFromJS", call, null, "DispatchEventAsync", _events, new JsonArray(descriptor, arguments).ToJsonString());
        });
        return done is null ? null
            : await done.WaitAsync(Patience) ? Stopwatch.GetElapsedTime(begin)
            : throw new InvalidOperationException($"The studio refused a {name} on the page.");
    }

    protected override void Rendered(byte[] change)
    {
        var (elements, deaf) = (RenderedElement.Of(change), RenderedElement.Deaf(change));
        lock (_lock)
        {
            _deaf.UnionWith(deaf);
            _elements.AddRange(elements);
            Look();
            _texts.Append(Encoding.UTF8.GetString(change));
            // A heading without anything that changes comes as markup.
            if (elements.Any(x => x.Name == "h1") || change.AsSpan().IndexOf("<h1"u8) >= 0)
            {
                _head?.TrySetResult();
            }
        }
    }

    protected override void Asked(string script, string arguments)
    {
        // Through this object the page hears its events.
        if (script == Attach)
        {
            _events = JsonNode.Parse(arguments)!.AsArray()[1]!["__dotNetObject"]!.GetValue<long>();
        }
    }

    protected override void Returned(string call, bool isDone)
    {
        lock (_lock)
        {
            _calls.GetValueOrDefault(call)?.TrySetResult(isDone);
        }
    }

    protected override void Broken(string fault)
    {
        lock (_lock)
        {
            _head?.TrySetException(new InvalidOperationException(fault));
            _awaited?.Came.TrySetException(new InvalidOperationException(fault));
            foreach (var call in _calls.Values)
            {
                call.TrySetException(new InvalidOperationException(fault));
            }
        }
    }

    /// <summary>Forgets what was shown; done when the next heading is.</summary>
    private Task Heading()
    {
        lock (_lock)
        {
            _elements.Clear();
            _texts.Clear();
            _head = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _head.Task;
        }
    }

    private long? Heard(Func<RenderedElement, bool> which, string name)
    {
        lock (_lock)
        {
            return _elements.LastOrDefault(x => which(x) && x.Events.TryGetValue(name, out var handler) && !_deaf.Contains(handler))?.Events[name];
        }
    }

    private void Look()
    {
        if (_awaited is { } awaited && _elements.Exists(x => awaited.Which(x)))
        {
            awaited.Came.TrySetResult();
        }
    }
}

using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace OmniGen2.Web.Tests.Team;

/// <summary>Calls a hub by hand, in the JSON form of SignalR's protocol.</summary>
internal static class HubCall
{
    private const char End = '\u001e';

    /// <summary>The first thing that a stream of the hub brings: "item", "refused: why", or "closed" where the connection itself is refused.</summary>
    public static async Task<string> First(Uri studio, CookieContainer cookies, string method, params object?[] arguments)
    {
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await socket.ConnectAsync(new UriBuilder(studio) { Scheme = "ws", Path = "/hubs/jobs" }.Uri, patience.Token);
        }
        catch (WebSocketException)
        {
            return "closed";
        }

        await Send(socket, new { protocol = "json", version = 1 });
        await Send(socket, new { type = 4, invocationId = "1", target = method, arguments });
        await foreach (var message in Read(socket, patience.Token))
        {
            switch (message.TryGetProperty("type", out var type) ? type.GetInt32() : 0)
            {
                case 2:
                    return "item";
                case 3:
                    return message.TryGetProperty("error", out var error) ? $"refused: {error.GetString()}" : "empty";
                case 7:
                    return "closed";
            }
        }

        return "closed";
    }

    private static Task Send(ClientWebSocket socket, object message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message) + End), WebSocketMessageType.Text, endOfMessage: true, default);

    private static async IAsyncEnumerable<JsonElement> Read(ClientWebSocket socket, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken patience)
    {
        var (buffer, text) = (new byte[1 << 16], new StringBuilder());
        while (await socket.ReceiveAsync(buffer, patience) is { MessageType: WebSocketMessageType.Text } received)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            var whole = text.ToString().Split(End);
            text.Clear().Append(whole[^1]);
            foreach (var message in whole[..^1])
            {
                yield return JsonSerializer.Deserialize<JsonElement>(message);
            }
        }
    }
}

using System.Net;
using System.Net.Sockets;
using OmniGen2.Web.Api.OpenAi;

namespace OmniGen2.Web.Api;

/// <summary>The addresses of a name; <see cref="Dns"/> unless a test says otherwise.</summary>
public delegate Task<IPAddress[]> ResolveName(string name, CancellationToken cancellationToken);

/// <summary>
/// Connects to addresses that strangers name. Names are resolved here and every address is looked at before anything connects to it, so that nobody
/// reaches the studio's own network through it; for the same reason nothing is redirected.
/// </summary>
public static class PublicConnection
{
    public static SocketsHttpHandler Handler(AllowAddress isAllowed, ResolveName resolve) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = (context, cancellationToken) => Connect(context, isAllowed, resolve, cancellationToken),
    };

    /// <summary>Whether a request failed because its address lies in a private network.</summary>
    public static bool WasRefused(HttpRequestException fault) => fault.InnerException is RefusedAddressException;

    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, AllowAddress isAllowed, ResolveName resolve, CancellationToken cancellationToken)
    {
        var addresses = await resolve(context.DnsEndPoint.Host, cancellationToken);
        if (!addresses.All(x => isAllowed(x)))
        {
            throw new RefusedAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class RefusedAddressException : Exception;
}

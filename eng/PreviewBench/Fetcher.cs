using System.Net.Sockets;
using System.Text;

namespace OmniGen2.PreviewBench;

/// <summary>Fetches over one connection that stays open, with as little work of its own as there can be: what is measured is the studio.</summary>
internal sealed class Fetcher(Uri studio) : IDisposable
{
    private readonly TcpClient _connection = new() { NoDelay = true };
    private readonly byte[] _buffer = new byte[1 << 16];

    /// <summary>The length of what is at the address.</summary>
    public async Task<int> Get(string address)
    {
        if (!_connection.Connected)
        {
            await _connection.ConnectAsync(studio.Host, studio.Port);
        }

        var stream = _connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {address} HTTP/1.1\r\nHost: {studio.Authority}\r\n\r\n"));
        var (read, head) = (0, -1);
        while (head < 0)
        {
            read += await Read(stream, read);
            head = _buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
        }

        var length = Length(_buffer.AsSpan(0, head));
        while (read < head + 4 + length)
        {
            read += await Read(stream, read);
        }

        return length;
    }

    public void Dispose() => _connection.Dispose();

    private static int Length(ReadOnlySpan<byte> head)
    {
        var text = Encoding.ASCII.GetString(head);
        const string Name = "Content-Length: ";
        var at = text.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (!text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) || at < 0)
        {
            throw new InvalidDataException($"A preview did not come: {text.Split('\r')[0]}");
        }

        var number = text.AsSpan(at + Name.Length);
        return int.Parse(number[..(number.IndexOf('\r') is >= 0 and var end ? end : number.Length)], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<int> Read(NetworkStream stream, int at) =>
        await stream.ReadAsync(_buffer.AsMemory(at)) is > 0 and var count ? count : throw new EndOfStreamException("The studio closed the connection of the previews.");
}

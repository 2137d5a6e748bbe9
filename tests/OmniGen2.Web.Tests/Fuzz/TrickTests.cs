using System.Net;
using System.Net.Sockets;
using System.Text;
using OmniGen2.Web.Tests.Api.OpenAi;

namespace OmniGen2.Web.Tests.Fuzz;

/// <summary>Old tricks with paths, headers, bodies and pictures, over a real port.</summary>
public sealed class TrickTests : IAsyncLifetime
{
    private readonly WebStudio _studio = new(new FakePipeline());

    public Task InitializeAsync()
    {
        _studio.UseKestrel(0);
        _studio.StartServer();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _studio.DisposeAsync();

    [Theory]
    [InlineData("/css/../../appsettings.json")]
    [InlineData("/css/..%2f..%2fappsettings.json")]
    [InlineData("/css/%2e%2e/%2e%2e/appsettings.json")]
    [InlineData("/css/..%5c..%5cappsettings.json")]
    [InlineData("/images/..%2f..%2fhistory.db")]
    [InlineData("/thumbs/..%2fhistory.db")]
    [InlineData("//etc/passwd")]
    public async Task Path_leads_to_no_file_that_is_not_served(string path)
    {
        var answer = await Raw($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", isWhole: true);
        Assert.DoesNotContain("Logging", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite format", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: x\r\nA: {0}\r\nConnection: close\r\n\r\n", "431")]
    [InlineData("GET /{0} HTTP/1.1\r\nHost: x\r\n\r\n", "414")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400")]
    [InlineData("GET /healthz\0 HTTP/1.1\r\nHost: x\r\n\r\n", "400")]
    [InlineData("POST /api/jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", "400")]
    [InlineData("POST /api/jobs HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400")]
    [InlineData("POST /api/jobs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n", "413")]
    [InlineData("POST /v1/images/generations HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\nConnection: close\r\n\r\n", "413")]
    public async Task Request_is_refused_before_its_body_is_read(string request, string status) =>
        Assert.StartsWith($"HTTP/1.1 {status}", await Raw(request.Replace("{0}", new string('a', 40_000), StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public async Task Picture_of_billions_of_pixels_in_a_small_file_is_refused()
    {
        var answer = await _studio.Call("/uploads", new ByteArrayContent(Bomb()));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("pixels", answer.Text, StringComparison.Ordinal);
        var url = Calling.DataUrl(Bomb());
        Assert.Equal(HttpStatusCode.BadRequest, (await _studio.Call("/v1/images/edits", new { prompt = "x", images = new[] { new { image_url = url } } })).Status);
    }

    [Fact]
    public async Task Name_of_a_file_puts_nothing_into_headers()
    {
        var picture = await _studio.Images.AddUpload(Calling.Picture(), "a\r\nSet-Cookie: x=1\r\n\r\n.png");
        var answer = await _studio.Ask($"/images/{picture.Id:N}/download?format=png");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    /// <summary>60,000 × 60,000 pixels in a few kilobytes.</summary>
    private static byte[] Bomb()
    {
        var png = Calling.Picture().ToArray();
        foreach (var at in new[] { 16, 20 })
        {
            (png[at], png[at + 1], png[at + 2], png[at + 3]) = (0, 0, 0xEA, 0x60);
        }

        var crc = Crc(png.AsSpan(12, 17));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), crc);
        return png;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var x in bytes)
        {
            crc ^= x;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        return ~crc;
    }

    private async Task<string> Raw(string request, bool isWhole = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_studio.Address.Host, _studio.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var answer = new StreamReader(stream, Encoding.Latin1);
        // Who is refused before the body was read may find the connection reset behind the answer.
        return isWhole ? await answer.ReadToEndAsync() : await answer.ReadLineAsync() ?? "";
    }
}

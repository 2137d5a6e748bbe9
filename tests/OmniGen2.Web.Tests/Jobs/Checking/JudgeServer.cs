using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OmniGen2.Web.Tests.Jobs.Checking;

/// <summary>An OpenAI-compatible service on a port of its own that answers as it is told, request by request; the last answer is repeated.</summary>
internal sealed class JudgeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<HttpContext, Task>[] _answers;
    private int _asked;

    private JudgeServer(WebApplication app, Func<HttpContext, Task>[] answers) => (_app, _answers) = (app, answers);

    /// <summary>Every request: its key and its body.</summary>
    public List<(string? Key, JsonDocument Body)> Requests { get; } = [];

    /// <summary>The same bodies as they came.</summary>
    public List<string> Bodies { get; } = [];

    /// <summary>And their headers.</summary>
    public List<Dictionary<string, string>> Headers { get; } = [];

    public string Url => $"{_app.Urls.First()}/v1/";

    public static async Task<JudgeServer> Start(params Func<HttpContext, Task>[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new JudgeServer(builder.Build(), answers);
        server._app.MapPost("/v1/chat/completions", server.Answer);
        await server._app.StartAsync();
        return server;
    }

    public static Func<HttpContext, Task> Verdict(string content) => context => context.Response.WriteAsJsonAsync(new
    {
        choices = new[] { new { message = new { role = "assistant", content } } },
        usage = new { prompt_tokens = 1_000, completion_tokens = 50 },
    });

    public static Func<HttpContext, Task> Status(int code, string? header = null, string value = "") => context =>
    {
        context.Response.StatusCode = code;
        if (header is not null)
        {
            context.Response.Headers[header] = value;
        }

        return Task.CompletedTask;
    };

    public static Func<HttpContext, Task> Text(string text) => context => context.Response.WriteAsync(text);

    /// <summary>Until who asks gives up.</summary>
    public static Task Silence(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync();
        var body = JsonDocument.Parse(text);
        lock (Requests)
        {
            Bodies.Add(text);
            Headers.Add(context.Request.Headers.ToDictionary(x => x.Key, x => x.Value.ToString(), StringComparer.OrdinalIgnoreCase));
            Requests.Add((context.Request.Headers.Authorization, body));
        }

        await _answers[Math.Min(Interlocked.Increment(ref _asked), _answers.Length) - 1](context);
    }
}

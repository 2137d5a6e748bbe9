using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace OmniGen2.Web.Tests.Hosting;

/// <summary>The log as the console shows it with Logging:Console:FormatterName=json and scopes.</summary>
internal sealed class JsonLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ServiceProvider _console = new ServiceCollection().AddLogging(x => x.AddJsonConsole(options => options.IncludeScopes = true)).BuildServiceProvider();
    private IExternalScopeProvider? _scopes;

    public ConcurrentQueue<JsonElement> Lines { get; } = [];

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void Dispose() => _console.Dispose();

    private sealed class Writer(JsonLog log, string category) : ILogger
    {
        private readonly ConsoleFormatter _formatter = log._console.GetServices<ConsoleFormatter>().Single(x => x.Name == ConsoleFormatterNames.Json);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var text = new StringWriter();
            _formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), log._scopes, text);
            log.Lines.Enqueue(JsonSerializer.Deserialize<JsonElement>(text.ToString()));
        }
    }
}

using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OmniGen2.Web.Tests.E2E;

/// <summary>The published studio as a process of its own, on a port of its own, with the embedded checkpoint.</summary>
public sealed partial class StudioProcess : IAsyncDisposable
{
    private readonly Process _process;

    private StudioProcess(Process process, Uri address, string? first) => (_process, Address, FirstLink) = (process, address, first);

    public Uri Address { get; }

    /// <summary>What makes the first administrator, from the console; null where that is not needed.</summary>
    public string? FirstLink { get; }

    public static async Task<StudioProcess> Start(string program, string dataPath, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = RepositoryRoot.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { program, "--urls", "http://127.0.0.1:0", "--contentRoot", RepositoryRoot.Path, $"--Studio:DataPath={dataPath}" }.Concat(options))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new List<string>();
        process.EnableRaisingEvents = true;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The studio ended before it listened:\n{string.Join('\n', log)}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var address = await listening.Task.WaitAsync(TimeSpan.FromMinutes(2));
        lock (log)
        {
            return new StudioProcess(process, address, log.Select(x => First().Match(x)).FirstOrDefault(x => x.Success)?.Value);
        }

        void Read(string? line)
        {
            lock (log)
            {
                log.Add(line ?? "");
            }

            if (line is not null && Listening().Match(line) is { Success: true } match)
            {
                listening.TrySetResult(new Uri(match.Groups[1].Value));
            }
        }
    }

    /// <summary>As a power cut would: no chance to write anything.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Kill();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"^OmniGen2 Studio.*: (http://\S+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"http://\S+/first/\S+")]
    private static partial Regex First();
}

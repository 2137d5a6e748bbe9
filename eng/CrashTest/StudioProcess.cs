using System.Diagnostics;

namespace OmniGen2.CrashTest;

/// <summary>The published studio as a process of its own.</summary>
internal sealed class StudioProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _log = [];

    /// <param name="program">The studio's library.</param>
    /// <param name="dataPath">Its data folder.</param>
    /// <param name="more">Further settings, each as the command line takes it.</param>
    public StudioProcess(string program, string dataPath, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        // States are saved often, so that pictures of a second or two are gone on with instead of begun anew.
        string[] arguments =
            [program, "--urls", "http://127.0.0.1:0", "--contentRoot", Environment.CurrentDirectory, $"--Studio:DataPath={dataPath}", "--Studio:CheckpointSeconds=0.2", .. more];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _ready.TrySetResult();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it is; null until it says so.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Until the model is there and jobs run.</summary>
    public Task Ready => _ready.Task;

    /// <summary>As a power cut would: no chance to write anything. A studio that has ended by itself is a fault of its own.</summary>
    public async Task Kill()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"The studio ended by itself with {_process.ExitCode}:\n{string.Join('\n', _log)}");
        }

        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        lock (_log)
        {
            _log.Add(line ?? "");
        }

        if (line?.StartsWith("OmniGen2 Studio with", StringComparison.Ordinal) == true)
        {
            Address = new Uri(line[(line.LastIndexOf(' ') + 1)..]);
            _ready.TrySetResult();
        }
    }
}

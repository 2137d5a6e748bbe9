using OmniGen2.Tests;
using OmniGen2.Training;

namespace OmniGen2.Cli.Tests.Training;

/// <summary>A folder with configs and runs of the line.</summary>
internal sealed class TrainFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public string this[string name] => _folder.File(name);

    public void Dispose() => _folder.Dispose();

    public CliRun Train(string config, string name, params string[] args) => Train(new CliOptions(), config, name, args);

    public CliRun Train(CliOptions options, string config, string name, params string[] args)
    {
        var file = _folder.Write($"{name}.json", config);
        return CliRun.Of(options with { Kinds = [LineTraining.Kind] }, ["train", "line", "--config", file, "--out", this[name], .. args]);
    }

    /// <summary>Trains until so many steps are taken, then presses Ctrl-C.</summary>
    public CliRun TrainUntil(int step, string config, string name, params string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var error = new StoppingWriter($"step {step}/", stop);
        return Train(new CliOptions { IsWatched = true, Error = error, Stop = stop.Token }, config, name, args);
    }

    public IReadOnlyList<double> Losses(string name) => [.. TrainingLog.Read(this[name]).Select(s => s.Loss)];
}

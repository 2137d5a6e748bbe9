using System.Runtime.InteropServices;
using OmniGen2.Training;
using TorchSharp;

namespace OmniGen2.Cli.Training;

/// <summary>What a run is besides its config and its log, as its report tells it: run.json.</summary>
internal sealed record RunFacts
{
    /// <summary>What is trained.</summary>
    public required string Kind { get; init; }

    public required TrainingSettings Settings { get; init; }

    /// <summary>Seconds that the last start was given.</summary>
    public double? BudgetSeconds { get; init; }

    public double? CooldownSeconds { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required MachineFacts Machine { get; init; }
}

/// <summary>What the speed of a run depends on.</summary>
internal sealed record MachineFacts
{
    public required string Processor { get; init; }

    public required int Cores { get; init; }

    /// <summary>That libtorch computes with.</summary>
    public required int Threads { get; init; }

    public required double MemoryGigabytes { get; init; }

    public required string Device { get; init; }

    public required string Libtorch { get; init; }

    public required string Runtime { get; init; }

    public required string System { get; init; }

    public static MachineFacts Read() => new()
    {
        Processor = ProcessorName(),
        Cores = Environment.ProcessorCount,
        Threads = torch.get_num_threads(),
        MemoryGigabytes = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
        Device = torch.cuda.is_available() ? "cuda" : "cpu",
        Libtorch = torch.__version__,
        Runtime = RuntimeInformation.FrameworkDescription,
        System = RuntimeInformation.OSDescription,
    };

    private static string ProcessorName()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}

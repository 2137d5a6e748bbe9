using System.CommandLine;
using System.CommandLine.Parsing;
using OmniGen2.Cli.Bench;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Commands;

/// <summary>Measures what a GPU does with the released sizes.</summary>
internal static class BenchGpuCommand
{
    private const int Size = 1024;

    private const int Small = 512;

    private const int Steps = 50;

    private const int DefaultRepeats = 3;

    private static readonly Dictionary<string, GpuParts> Parts = Enum.GetValues<GpuParts>().Where(p => p != GpuParts.All)
        .ToDictionary(p => p switch
        {
            GpuParts.None => "weights",
            GpuParts.Float8 => "fp8",
            _ => p.ToString().ToLowerInvariant(),
        });

    public static Command Create(Terminal terminal)
    {
        var model = new Option<string?>("--model") { Description = "Folder of a checkpoint. [default: the released sizes with random weights, which are written to disk once (16 GB)]", HelpName = "D" };
        var cache = new Option<string?>("--cache-dir") { Description = $"Where the random weights are kept. [default: {RandomCheckpoint.DefaultFolder}]", HelpName = "D" };
        var parts = new Option<GpuParts?>("--parts") { Description = $"What to measure: {string.Join(", ", Parts.Keys)}; weights alone only writes the random ones. [default: all]", HelpName = "NAME,NAME", CustomParser = Read };
        var size = CommonOptions.Whole("--size", "W", $"Sides of the pictures and of the reference. [default: {Size}]", 16, 2048);
        var small = CommonOptions.Whole("--small", "W", $"Sides of the small picture. [default: {Small}]", 16, 2048);
        var steps = CommonOptions.Whole("--steps", "N", $"Steps of the pictures. [default: {Steps}]", 1, 1000);
        var repeats = CommonOptions.Whole("--repeats", "N", $"Measured runs of everything, after one to warm up. [default: {DefaultRepeats}]", 1, 1000);
        var precision = CommonOptions.Precision();
        var json = CommonOptions.Json("Print one line of JSON instead of a table.");
        var quiet = CommonOptions.Quiet();
        var command = new ExampleCommand(
            "gpu",
            "Draws whole pictures on a GPU: from words, with previews, an edit, small, with weights streamed and in fp8, each beside the plain way by turns; and answers. Says what each takes of the GPU's memory.",
            "omnigen2 bench gpu --json",
            "omnigen2 bench gpu --parts pictures,answers --steps 28 --repeats 5")
        {
            model, cache, parts, size, small, steps, repeats, precision, json, quiet,
        };
        command.SetAction(line =>
        {
            var settings = new BenchSettings
            {
                Model = line.GetValue(model) ?? line.GetValue(cache) ?? RandomCheckpoint.DefaultFolder,
                Precision = line.GetValue(precision),
                Size = (line.GetValue(size) ?? Size) / 16 * 16,
                Steps = line.GetValue(steps) ?? Steps,
                Repeats = line.GetValue(repeats) ?? DefaultRepeats,
                Stop = terminal.Stop,
            };
            var gpu = new GpuSettings { Small = (line.GetValue(small) ?? Small) / 16 * 16, Parts = line.GetValue(parts) ?? GpuParts.All };
            using var progress = new ProgressLine(terminal, line.GetValue(quiet));
            var report = Measure(settings, gpu, line.GetValue(model), progress);
            report.Write(terminal.Output, line.GetValue(json));
            return report.HasFaults ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static BenchReport Measure(BenchSettings settings, GpuSettings gpu, string? model, ProgressLine progress)
    {
        if (model is null)
        {
            new RandomCheckpoint(settings.Model, progress, settings.Stop).EnsureAll();
        }

        return new GpuBench(settings, gpu, progress).Run(model is null ? "released sizes, random weights" : Path.GetFileName(Path.GetFullPath(model)));
    }

    private static GpuParts? Read(ArgumentResult result)
    {
        var words = result.Tokens[0].Value.Split(',');
        if (words.FirstOrDefault(w => !Parts.ContainsKey(w)) is { } unknown)
        {
            result.AddError($"--parts '{unknown}' is unknown: use {string.Join(", ", Parts.Keys)}.");
            return null;
        }

        return words.Aggregate(GpuParts.None, (all, word) => all | Parts[word]);
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using OmniGen2.Cli.Shell;
using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Vae;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>Steps of several pictures through a few layers of the released size, one after the other and together: with the weights in memory, streamed from pages that the system still has, and streamed from the disk.</summary>
internal sealed class LayersBench : IDisposable
{
    private const string Part = "transformer";

    private const int TextTokens = 100;

    private static readonly (string Key, string Label, bool Streams, bool Forgets)[] Modes =
    [
        ("memory", "weights in memory", false, false),
        ("cached", "streamed, file in the page cache", true, false),
        ("disk", "streamed from the disk", true, true),
    ];

    private readonly string _folder;
    private readonly BenchSettings _settings;
    private readonly SafetensorsSource _source;
    private readonly List<VelocityStep> _steps;

    /// <param name="folder">Of a transformer.</param>
    /// <param name="settings">What is drawn.</param>
    /// <param name="lanes">Pictures.</param>
    public LayersBench(string folder, BenchSettings settings, int lanes)
    {
        (_folder, _settings) = (folder, settings);
        var config = TransformerConfig.Load(CheckpointFolder.Config(folder));
        _source = SafetensorsSource.Open(folder, new SafetensorsOptions { DType = ScalarType.BFloat16, Device = settings.Device });
        var model = _source.Build(weights => new OmniGen2Transformer(config, weights));
        var side = settings.Size / AutoencoderKL.Scale;
        _steps = [.. Enumerable.Range(0, lanes).Select(_ => new VelocityStep(
            model.Begin(new VelocityPlan
            {
                Height = side,
                Width = side,
                Times = [0, 0.5f],
                Branches = [new("cond", Numbers(1, TextTokens, config.TextFeatDim), false), new("uncond", Numbers(1, TextTokens / 2, config.TextFeatDim), false)],
            }),
            1, Numbers(1, config.InChannels, side, side), ["cond", "uncond"]))];
    }

    /// <summary>Whether all velocities that were measured were those of each picture alone, bit for bit.</summary>
    public bool IsSame { get; private set; } = true;

    public static void Run(BenchSettings settings, BatchSettings batch, BenchReport report, ProgressLine progress)
    {
        var checkpoint = new RandomCheckpoint(Path.Combine(batch.Cache, $"layers-{batch.Layers}"), progress, settings.Stop);
        checkpoint.Ensure(Part, Config(batch.Layers), config => weights => _ = new OmniGen2Transformer(TransformerConfig.Load(config), weights));
        var folder = Path.Combine(checkpoint.Folder, Part);
        if (batch.Parts.HasFlag(BatchParts.Products))
        {
            ProductsBench.Run(folder, "released", settings, batch.Lanes, report, progress);
        }

        using var scope = NewDisposeScope();
        using var bench = new LayersBench(folder, settings, batch.Lanes);
        bench.Measure(report, progress);
    }

    public void Measure(BenchReport report, ProgressLine progress)
    {
        foreach (var (key, label, streams, forgets) in Modes)
        {
            progress.Begin($"Layers of the released size, {label}", _settings.Repeats + 1);
            _source.Streams = streams;
            var samples = new Samples();
            for (var run = 0; run <= _settings.Repeats; run++)
            {
                Compare(samples, forgets, counts: run > 0);
                progress.Advance(run + 1);
            }

            progress.End();
            report.Add(new Figure($"layers_{key}_alone_seconds", $"a step of {_steps.Count} pictures, {label}, one after the other", samples.Median("alone"), FigureUnit.Seconds));
            report.Add(new Figure($"layers_{key}_together_seconds", "  together", samples.Median("together"), FigureUnit.Seconds));
            report.Add(new Figure($"layers_{key}_speedup", "  times as fast", samples.Median("speedup"), FigureUnit.Ratio));
        }

        report.Add(new Figure("layers_same", "  the same bit for bit (1: all)", IsSame ? 1 : 0, FigureUnit.Count));
    }

    public void Dispose()
    {
        _steps.ForEach(s => s.Session.Dispose());
        _source.Dispose();
    }

    /// <summary>The released sizes with fewer layers.</summary>
    private static string Config(int layers)
    {
        var config = JsonNode.Parse(ReleasedConfigs.Transformer)!;
        (config["num_layers"], config["num_refiner_layers"]) = (layers, 1);
        return config.ToJsonString();
    }

    private Tensor Numbers(params long[] shape) => randn(shape).to_type(ScalarType.BFloat16).to(_settings.Device);

    private void Compare(Samples samples, bool forgets, bool counts)
    {
        using var scope = NewDisposeScope();
        var alone = _steps.ConvertAll(step => Walk([step], forgets));
        var together = Walk(_steps, forgets);
        var seconds = alone.Sum(x => x.Seconds);
        IsSame &= alone.SelectMany(x => x.Velocities).Zip(together.Velocities).All(x => x.First.Equals(x.Second));
        if (counts)
        {
            samples.Add("alone", seconds);
            samples.Add("together", together.Seconds);
            samples.Add("speedup", seconds / together.Seconds);
        }
    }

    private (double Seconds, IReadOnlyList<Tensor> Velocities) Walk(IReadOnlyList<VelocityStep> steps, bool forgets)
    {
        _settings.Stop.ThrowIfCancellationRequested();
        if (forgets)
        {
            Forget();
        }

        var begin = Stopwatch.GetTimestamp();
        var velocities = VelocitySession.Together(steps);
        return (Stopwatch.GetElapsedTime(begin).TotalSeconds, [.. velocities.SelectMany(v => v)]);
    }

    private void Forget()
    {
        _source.Release();
        foreach (var path in Directory.EnumerateFiles(_folder, "*.safetensors"))
        {
            using var file = File.OpenHandle(path);
            Accelerator.Forget(file);
        }
    }
}

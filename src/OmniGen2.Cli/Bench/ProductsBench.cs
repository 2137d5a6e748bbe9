using System.Diagnostics;
using OmniGen2.Cli.Shell;
using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Vae;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>
/// What it would give to put the rows of several pictures into one product: how much faster, and whether each row keeps its bits. The model does so
/// nowhere; these figures say why.
/// </summary>
internal static class ProductsBench
{
    private const int TextTokens = 36;

    // Prompts differ in length.
    private const int MoreText = 7;

    /// <param name="folder">Of the transformer whose widths count.</param>
    /// <param name="name">What the figures call it.</param>
    /// <param name="settings">What is drawn, and how often.</param>
    /// <param name="lanes">Pictures.</param>
    /// <param name="report">Where the figures go.</param>
    /// <param name="progress">Tells how far it is.</param>
    public static void Run(string folder, string name, BenchSettings settings, int lanes, BenchReport report, ProgressLine progress)
    {
        using var noGrad = no_grad();
        var config = TransformerConfig.Load(CheckpointFolder.Config(folder));
        var side = settings.Size / AutoencoderKL.Scale / config.PatchSize;
        foreach (var (dtype, word) in new[] { (ScalarType.Float32, "fp32"), (ScalarType.BFloat16, "bf16") })
        {
            progress.Begin($"Products of {name} in {word}");
            var samples = new Samples();
            foreach (var (width, to) in Sizes(config))
            {
                Compare([.. Enumerable.Range(0, lanes).Select(i => (side * side) + TextTokens + (i * MoreText))], width, to, dtype, settings, samples);
            }

            progress.End();
            report.Add(new Figure($"{name}_products_{word}_speedup", $"{name}, products of {lanes} pictures in one, {word}: times as fast", samples.Median("speedup"), FigureUnit.Ratio));
            report.Add(new Figure($"{name}_products_{word}_same", "  part of the results that keep their bits", samples.Values["same"].Average(), FigureUnit.Ratio));
        }
    }

    private static (long From, long To)[] Sizes(TransformerConfig config) =>
    [
        (config.HiddenSize, config.HiddenSize),
        (config.HiddenSize, (long)config.NumKvHeads * config.HeadSize),
        (config.HiddenSize, config.FeedForwardSize),
        (config.FeedForwardSize, config.HiddenSize),
    ];

    private static void Compare(IReadOnlyList<int> tokens, long from, long to, ScalarType dtype, BenchSettings settings, Samples samples)
    {
        using var scope = NewDisposeScope();
        var weight = (randn([to, from]) / Math.Sqrt(from)).to_type(dtype);
        var inputs = tokens.Select(n => randn([1, n, from]).to_type(dtype)).ToList();
        var merged = cat([.. inputs], 1);
        for (var run = 0; run <= settings.Repeats; run++)
        {
            settings.Stop.ThrowIfCancellationRequested();
            using var round = NewDisposeScope();
            var begin = Stopwatch.GetTimestamp();
            var alone = inputs.ConvertAll(x => nn.functional.linear(x, weight, null));
            var middle = Stopwatch.GetTimestamp();
            var together = nn.functional.linear(merged, weight, null);
            var end = Stopwatch.GetTimestamp();
            if (run > 0)
            {
                samples.Add("speedup", (double)(middle - begin) / (end - middle));
                continue;
            }

            var at = 0;
            foreach (var result in alone)
            {
                var length = result.shape[1];
                samples.Add("same", result.Equals(together.narrow(1, at, length)) ? 1 : 0);
                at += (int)length;
            }
        }
    }
}

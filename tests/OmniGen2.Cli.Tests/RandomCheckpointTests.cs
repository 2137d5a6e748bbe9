using OmniGen2.Cli.Bench;
using OmniGen2.Cli.Shell;
using OmniGen2.Models.Diffusion;
using OmniGen2.Tests;

namespace OmniGen2.Cli.Tests;

public sealed class RandomCheckpointTests : IDisposable
{
    private static readonly string Config = File.ReadAllText(Path.Combine(Checkpoints.Tiny, "transformer/config.json"));

    private readonly TempFolder _folder = new();

    private string Weights => _folder.File("transformer/diffusion_pytorch_model.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_are_those_that_the_model_asks_for_and_are_written_once()
    {
        Ensure(default);
        var written = File.GetLastWriteTimeUtc(Weights);
        Ensure(default);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Weights));
        var samples = PartProcess.Run("transformer", new BenchSettings { Model = _folder.Path, Size = 64, Repeats = 1 });
        Assert.Single(samples.Values[TransformerBench.Seconds]);
    }

    [Fact]
    public void What_an_interrupted_run_left_behind_is_cleared_away()
    {
        _folder.Write("transformer/diffusion_pytorch_model.safetensors.1.tmp", "half");
        Ensure(default);
        Assert.Equal(["config.json", "diffusion_pytorch_model.safetensors"], Names());
    }

    [Fact]
    public void Ctrl_C_while_writing_leaves_no_weights()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Ensure(stop.Token));
        Assert.Equal(["config.json"], Names());
    }

    private string[] Names() => [.. Directory.EnumerateFiles(_folder.File("transformer")).Select(f => Path.GetFileName(f)!).Order()];

    private void Ensure(CancellationToken stop)
    {
        using var progress = new ProgressLine(new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null), quiet: true);
        new RandomCheckpoint(_folder.Path, progress, stop).Ensure(
            "transformer", Config, file => weights => _ = new OmniGen2Transformer(TransformerConfig.Load(file), weights));
    }
}

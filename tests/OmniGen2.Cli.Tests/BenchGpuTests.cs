using System.Text.Json;
using OmniGen2.Tests;

namespace OmniGen2.Cli.Tests;

/// <summary>What is measured on a GPU, on the CPU in small.</summary>
public sealed class BenchGpuTests
{
    private static readonly string[] Short = ["bench", "gpu", "--size", "64", "--small", "32", "--steps", "2", "--repeats", "1", "--quiet"];

    [Fact]
    public void Every_figure_that_the_cpu_can_have_is_there()
    {
        using var json = JsonDocument.Parse(CliRun.Of([.. Short, "--model", Checkpoints.Tiny, "--json"]).MustSucceed().Output);
        string[] keys =
        [
            "load_seconds", "t2i_seconds", "t2i_denoising_seconds", "t2i_previews_seconds", "edit_seconds", "small_seconds", "previews_over_without_time", "pictures_wall_seconds",
            "prefill_seconds", "decode_tokens_per_second", "decode_over_bandwidth_floor", "streamed_seconds", "streamed_over_plain_time", "fp8_seconds", "fp8_over_plain_time",
            "fp8_decode_tokens_per_second", "graphs_off_over_plain_time", "graphs_off_decode_tokens_per_second", "peak_rss_bytes",
        ];
        Assert.All(keys, key => Assert.True(json.RootElement.GetProperty(key).GetDouble() > 0, key));
        Assert.Equal((64, 32), (json.RootElement.GetProperty("size").GetInt32(), json.RootElement.GetProperty("small").GetInt32()));
        Assert.False(json.RootElement.TryGetProperty("faults", out _));
    }

    [Fact]
    public void Part_that_fails_is_named_and_the_others_have_their_figures()
    {
        using var folder = new TempFolder();
        var model = Checkpoints.SmallCopyOfTiny(folder);
        Directory.Delete(Path.Combine(model, "vae"), recursive: true);
        var run = CliRun.Of([.. Short, "--model", model, "--parts", "answers,streamed", "--json"]);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("vae", json.RootElement.GetProperty("faults").GetProperty("streamed").GetString());
        Assert.True(json.RootElement.GetProperty("decode_tokens_per_second").GetDouble() > 0);
        Assert.Contains("  streamed failed: ", CliRun.Of([.. Short, "--model", model, "--parts", "answers,streamed"]).Output);
    }

    [Fact]
    public void Unknown_part_is_refused_with_those_that_there_are()
    {
        var run = CliRun.Of("bench", "gpu", "--parts", "pictures,bf8");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--parts 'bf8' is unknown: use weights, pictures, answers, streamed, fp8, graphs", run.Error);
    }
}

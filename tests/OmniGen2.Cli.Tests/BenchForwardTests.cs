using System.Text.Json;
using OmniGen2.Tests;
using OmniGen2.Weights;

namespace OmniGen2.Cli.Tests;

public sealed class BenchForwardTests
{
    private static readonly string Weights = GoldenFile.Path("dit-tiny/diffusion_pytorch_model.safetensors");

    [Theory]
    [InlineData("case1_t2i", 7 + 24)]
    [InlineData("case3_two_refs", 11 + 15 + 12 + 24)]
    public void Forward_of_recorded_inputs_gives_the_recorded_result_with_its_figures(string file, int tokens)
    {
        using var json = JsonDocument.Parse(CliRun.Of(Arguments(file, "--repeat", "2", "--threads", "1", "--json")).MustSucceed().Output);
        var report = json.RootElement;
        Assert.Equal(tokens, report.GetProperty("tokens").GetInt32());
        Assert.Equal(2, report.GetProperty("repeats").GetInt32());
        Assert.Equal("fp32", report.GetProperty("dtype").GetString());
        Assert.InRange(report.GetProperty("relative_error").GetDouble(), 0, 1e-5);
        Assert.InRange(report.GetProperty("best_seconds").GetDouble(), double.Epsilon, report.GetProperty("median_seconds").GetDouble());
        Assert.True(report.GetProperty("peak_rss_bytes").GetDouble() > 10_000_000);
    }

    [Fact]
    public void Samples_of_a_batch_are_run_one_by_one_and_written_on_request()
    {
        using var folder = new TempFolder();
        var path = folder.File("out.safetensors");
        var table = CliRun.Of(Arguments("case4_batch_mixed", "--repeat", "1", "--out", path)).MustSucceed().Output;
        Assert.Contains("\n  samples", table);
        Assert.Equal(["out.s0.output", "out.s1.output"], SafetensorsFile.Open(path).Names.Order());
    }

    [Fact]
    public void Runs_wait_for_their_turns()
    {
        var run = CliRun.Of(new CliOptions { Input = "\n\n\n" }, Arguments("case1_t2i", "--repeat", "2", "--by-turns", "--json")).MustSucceed();
        Assert.Equal(["done", "done", "done"], run.Output.Split('\n').Take(3));
    }

    [Fact]
    public void File_without_inputs_is_refused_with_the_names_that_are_missing()
    {
        var run = CliRun.Of(Arguments("case2_one_ref_bf16"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("input.s0.latent", run.Error);
    }

    private static string[] Arguments(string file, params string[] others) =>
        ["bench", "forward", "--weights", Weights, "--inputs", GoldenFile.Path($"dit-tiny/{file}.safetensors"), .. others];
}

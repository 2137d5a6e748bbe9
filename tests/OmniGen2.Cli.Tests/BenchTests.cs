using System.Text.Json;
using OmniGen2.Cli.Bench;
using OmniGen2.Cli.Shell;

namespace OmniGen2.Cli.Tests;

public sealed class BenchTests
{
    private static readonly string[] Keys =
    [
        "model", "device", "dtype", "threads", "libtorch", "size", "steps", "repeats", "transformer_tokens", "transformer_forward_seconds",
        "vae_encode_seconds", "vae_decode_seconds", "prefill_seconds", "prefill_tokens_per_second", "decode_tokens_per_second",
        "memory_bandwidth_bytes_per_second", "decode_over_bandwidth_floor", "load_seconds",
        "picture_seconds", "peak_rss_bytes",
    ];

    private static readonly string[] Short = ["--model", Checkpoints.Mini, "--repeats", "1", "--steps", "2", "--size", "64", "--quiet"];

    [Fact]
    public void Json_is_one_line_with_every_figure()
    {
        var output = CliRun.Of(["bench", "--json", .. Short]).MustSucceed().Output;
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        using var json = JsonDocument.Parse(output);
        Assert.Equal(Keys, json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.All(json.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number), p => Assert.True(p.Value.GetDouble() > 0, p.Name));
    }

    [Fact]
    public void Table_has_a_line_for_every_figure()
    {
        var output = CliRun.Of(["bench", .. Short]).MustSucceed().Output;
        Assert.StartsWith("omnigen2-mini, fp32 on cpu, ", output);
        Assert.Contains("\n  whole picture, 2 steps, 2 branches  ", output);
    }

    [Theory]
    [InlineData("transformer", false, TransformerBench.Seconds)]
    [InlineData("transformer", true, TransformerBench.Seconds)]
    [InlineData("picture", true, PictureBench.Seconds)]
    [InlineData("vae", false, VaeBench.DecodeSeconds)]
    [InlineData("mllm", true, LanguageBench.DecodeRate)]
    public void Part_is_measured_in_a_process_of_its_own(string part, bool streamed, string key)
    {
        var samples = PartProcess.Run(part, new BenchSettings { Model = Checkpoints.Tiny, Size = 64, Repeats = 2, IsStreamed = streamed });
        Assert.Equal(2, samples.Values[key].Count);
        Assert.All(samples.Values[key], value => Assert.True(value > 0));
        Assert.True(samples.Largest("peak_rss_bytes") > 10_000_000);
    }

    [Fact]
    public void Two_processes_are_measured_by_turns()
    {
        var settings = new BenchSettings { Model = Checkpoints.Tiny, Size = 64, Repeats = 2 };
        using var first = PartProcess.Start("transformer", settings, byTurns: true);
        using var second = PartProcess.Start("transformer", settings with { IsStreamed = true }, byTurns: true);
        for (var run = 0; run <= settings.Repeats; run++)
        {
            first.Turn();
            second.Turn();
        }

        Assert.Equal(2, first.Finish().Values[TransformerBench.Seconds].Count);
        Assert.Equal(2, second.Finish().Values[Samples.CpuName(TransformerBench.Seconds)].Count);
    }

    [Fact]
    public void Part_that_cannot_be_measured_says_why()
    {
        var settings = new BenchSettings { Model = Path.Combine(Checkpoints.Tiny, "vae"), Size = 64, Repeats = 1 };
        var fault = Assert.Throws<ModelException>(() => PartProcess.Run("transformer", settings));
        Assert.StartsWith("Measuring the transformer ended with 1: ", fault.Message);
        Assert.Contains("config.json is missing", fault.Message);
    }

    [Fact]
    public void Shortcuts_are_measured_against_exact_pictures()
    {
        var output = CliRun.Of("bench", "approximations", "--pictures", "1", "--steps", "8", "--size", "64", "--teacache", "0.3", "--json", "--quiet").MustSucceed().Output;
        using var json = JsonDocument.Parse(output);
        Assert.All(["teacache", "teacache_0.3", "taylorseer", "cfg_range", "int8", "fp8"], key =>
        {
            Assert.True(json.RootElement.GetProperty($"{key}_speedup").GetDouble() > 0);
            Assert.InRange(json.RootElement.GetProperty($"{key}_psnr").GetDouble(), 5, 100);
            Assert.InRange(json.RootElement.GetProperty($"{key}_ssim").GetDouble(), 0, 1);
        });
        Assert.Equal(1, json.RootElement.GetProperty("int8_passes").GetDouble());
        Assert.InRange(json.RootElement.GetProperty("taylorseer_passes").GetDouble(), 0.5, 0.99);
        Assert.Equal((5 * 2 + 3) / 16.0, json.RootElement.GetProperty("cfg_range_passes").GetDouble());
    }

    [Theory]
    [InlineData("bench", "approximations", "--teacache", "0.05,none")]
    [InlineData("bench", "--weights", "int4")]
    [InlineData("generate", "--model", "m", "--prompt", "p", "--out", "o.png", "--weights", "int4")]
    [InlineData("generate", "--model", "m", "--prompt", "p", "--out", "o.png", "--graphs", "on")]
    public void Choice_that_is_none_is_refused_with_what_there_is(params string[] arguments)
    {
        var run = CliRun.Of(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(arguments[^1] switch { "int4" => "use full or int8 or fp8", "on" => "use auto or off", _ => "use numbers above 0" }, run.Error);
    }

    [Fact]
    public void Profile_names_the_operators_of_pictures_and_answers()
    {
        var output = CliRun.Of("bench", "profile", "--steps", "2", "--size", "64", "--json", "--quiet").MustSucceed().Output;
        using var json = JsonDocument.Parse(output);
        Assert.All(["denoising", "decoding", "answering"], part => Assert.Contains(
            json.RootElement.GetProperty(part).EnumerateArray(), o => o.GetProperty("calls").GetInt64() > 0 && o.GetProperty("seconds").GetDouble() > 0));
    }

    [Fact]
    public void Pictures_side_by_side_are_measured_and_are_those_of_each_alone()
    {
        var output = CliRun.Of("bench", "batch", "--parts", "pictures", "--lanes", "3", "--steps", "3", "--size", "64", "--repeats", "1", "--json", "--quiet").MustSucceed().Output;
        using var json = JsonDocument.Parse(output);
        Assert.Equal(3, json.RootElement.GetProperty("lanes").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("pictures_same").GetDouble());
        Assert.True(json.RootElement.GetProperty("pictures_together_speedup").GetDouble() > 0);
    }

    [Fact]
    public void Products_of_several_pictures_are_compared_with_those_of_each()
    {
        var output = CliRun.Of("bench", "batch", "--parts", "products", "--lanes", "2", "--size", "64", "--repeats", "1", "--json", "--quiet").MustSucceed().Output;
        using var json = JsonDocument.Parse(output);
        Assert.True(json.RootElement.GetProperty("checkpoint_products_fp32_speedup").GetDouble() > 0);
        Assert.InRange(json.RootElement.GetProperty("checkpoint_products_bf16_same").GetDouble(), 0, 1);
    }

    [Fact]
    public void Steps_through_layers_are_the_same_from_memory_and_from_the_disk()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var bench = new LayersBench(Path.Combine(Checkpoints.Tiny, "transformer"), new BenchSettings { Model = Checkpoints.Tiny, Size = 64, Repeats = 1 }, lanes: 2);
        var report = new BenchReport(new BenchHead("tiny", TorchSharp.torch.CPU, TorchSharp.torch.ScalarType.BFloat16, 1));
        using var progress = new ProgressLine(new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null), quiet: true);
        bench.Measure(report, progress);
        Assert.True(bench.IsSame);
    }

    [Fact]
    public void Curves_are_measured_and_drawn()
    {
        using var folder = new OmniGen2.Tests.TempFolder();
        var path = folder.File("curves.svg");
        var output = CliRun.Of("bench", "curves", "--steps", "1", "--size", "64", "--repeats", "1", "--out", path, "--json", "--quiet").MustSucceed().Output;
        using var json = JsonDocument.Parse(output);
        Assert.True(json.RootElement.GetProperty("pictures_seconds_each").GetDouble() > 0);
        var svg = System.Xml.Linq.XDocument.Load(path);
        Assert.Equal(3 * 4, svg.Descendants().Count(e => e.Name.LocalName == "circle"));
    }

    [Fact]
    public void Straight_line_through_points_on_one_is_that_line()
    {
        var curve = new Curve("x", "x", [(1, 5), (2, 7), (4, 11)]);
        Assert.Equal((2, 3, 1), (curve.Slope, curve.Start, curve.Straightness));
        Assert.InRange(new Curve("x", "x", [(1, 5), (2, 7), (4, 6)]).Straightness, 0, 0.5);
    }

    [Fact]
    public void Place_that_cannot_hold_the_random_weights_is_named()
    {
        var run = CliRun.Of("bench", "--full-size", "--parts", "all", "--cache-dir", "/proc/omnigen2");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("/proc/omnigen2", run.Error);
        Assert.Contains("--cache-dir", run.Error);
    }

    [Fact]
    public void Training_steps_are_measured_by_operator_and_change_no_weights()
    {
        var file = Path.Combine(Checkpoints.Mini, "transformer", "diffusion_pytorch_model.safetensors");
        var before = File.GetLastWriteTimeUtc(file);
        var output = CliRun.Of(["bench", "training", "--batch", "2", "--references", "1", "--size", "64", "--repeats", "1", "--profile", "--json", "--quiet"]).MustSucceed().Output;
        using var json = JsonDocument.Parse(output);
        Assert.Equal(46 + 16 + 16, json.RootElement.GetProperty("tokens").GetInt32());
        Assert.True(json.RootElement.GetProperty("samples_per_second").GetDouble() > 0);
        var operators = json.RootElement.GetProperty("operators").EnumerateArray().ToList();
        Assert.All(["forward", "backward", "plain"], phase => Assert.Contains(operators, o => o.GetProperty("phase").GetString() == phase));
        Assert.Contains(operators, o => o.GetProperty("name").GetString() == "aten::mm");
        Assert.Equal(before, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public void Training_table_says_how_many_samples_a_second()
    {
        var output = CliRun.Of(["bench", "training", "--batch", "2", "--size", "32", "--repeats", "1", "--threads", "1", "--precision", "fp32", "--quiet"]).MustSucceed().Output;
        Assert.StartsWith("training, fp32, 1 thread(s), 2 samples of 50 tokens, ", output);
        Assert.Contains("\n  samples ", output);
    }

    [Theory]
    [InlineData(2.0, 1.0, 2.0, 3.0)]
    [InlineData(2.5, 4.0, 1.0, 2.0, 3.0)]
    [InlineData(7.0, 7.0)]
    public void Median_is_the_middle(double expected, params double[] values)
    {
        var samples = new Samples();
        samples.Add("x", values);
        Assert.Equal(expected, samples.Median("x"));
    }
}

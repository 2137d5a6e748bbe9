using System.Text.Json;
using OmniGen2.Schedulers;
using OmniGen2.Weights;

namespace OmniGen2.Tests.Schedulers;

public sealed class SchedulerConfigTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Published_config_shifts_dynamically()
    {
        var config = SchedulerConfig.Load(GoldenFile.Path("tiny-omnigen2/scheduler/scheduler_config.json"));
        Assert.Equal(new SchedulerConfig { DynamicTimeShift = true, TimeShift = null }, config);
    }

    [Fact]
    public void Every_recorded_table_comes_out_to_the_bit()
    {
        using var golden = JsonDocument.Parse(GoldenFile.Text("schedulers.json"));
        foreach (var table in golden.RootElement.GetProperty("tables").EnumerateArray())
        {
            var config = new SchedulerConfig { DynamicTimeShift = table.GetProperty("dynamic_time_shift").GetBoolean() };
            var tokens = table.GetProperty("num_tokens");
            var times = config.Times(table.GetProperty("num_inference_steps").GetInt32(), tokens.ValueKind == JsonValueKind.Null ? null : tokens.GetInt64());
            Assert.Equal(Numbers(table, "timesteps_with_end_fp32"), times);
            Assert.Equal(Numbers(table, "timesteps_fp32"), times[..^1]);
        }
    }

    [Theory]
    [InlineData("square")]
    [InlineData("star")]
    public void Mini_checkpoint_takes_the_times_it_was_sampled_with(string picture)
    {
        var mini = Path.Combine(GoldenFile.RepositoryRoot, "models", "omnigen2-mini");
        var config = SchedulerConfig.Load(Path.Combine(mini, "scheduler", "scheduler_config.json"));
        var recorded = GoldenTensors.Open(GoldenFile.Path($"mini-rough/expected/{picture}.safetensors")).Floats("input.timesteps");
        Assert.Equal(recorded, config.Times(recorded.Length, 16 * 16)[..^1].Select(t => (float)t));
    }

    [Fact]
    public void Static_shift_of_one_shifts_nothing()
    {
        var config = new SchedulerConfig { DynamicTimeShift = false, TimeShift = 1 };
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], config.Times(4, 256));
    }

    [Fact]
    public void Custom_times_are_rounded_and_closed()
    {
        Assert.Equal([0, 0.2f, 0.5, 0.8f, 1.0], SchedulerConfig.CustomTimes([0, 0.2, 0.5, 0.8]));
    }

    [Theory]
    [InlineData()]
    [InlineData(-0.1)]
    [InlineData(0.0, 0.5, 0.5)]
    [InlineData(0.0, 0.5, 0.4)]
    [InlineData(0.0, 1.0)]
    [InlineData(0.0, double.NaN)]
    public void Custom_times_that_do_not_rise_are_refused(params double[] times) =>
        Assert.Throws<ModelException>(() => SchedulerConfig.CustomTimes(times));

    [Fact]
    public void No_steps_are_refused() => Assert.Contains("0 steps", Assert.Throws<ModelException>(() => new SchedulerConfig().Times(0, 1024)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"_class_name": "DDIMScheduler"}""", "DDIMScheduler")]
    [InlineData("""{"_class_name": "FlowMatchEulerDiscreteScheduler", "time_shift": 0, "dynamic_time_shift": false}""", "time_shift")]
    [InlineData("""{"_class_name": "FlowMatchEulerDiscreteScheduler", "time_shift": 4, "dynamic_time_shift": true}""", "dynamic_time_shift")]
    [InlineData("""{"_class_name": "FlowMatchEulerDiscreteScheduler", "dynamic_time_shift": 1}""", "dynamic_time_shift")]
    [InlineData("{}", "_class_name")]
    public void Config_that_makes_no_sense_is_refused(string json, string named)
    {
        var path = _folder.Write("scheduler_config.json", json);
        var fault = Assert.Throws<WeightsException>(() => SchedulerConfig.Load(path));
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
        Assert.Contains("scheduler_config.json", fault.Message, StringComparison.Ordinal);
    }

    private static double[] Numbers(JsonElement table, string key) => [.. table.GetProperty(key).EnumerateArray().Select(e => e.GetDouble())];
}

using System.Text.Json;
using OmniGen2.Schedulers;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Schedulers;

public sealed class SchedulerTests : IDisposable
{
    private static readonly JsonElement Golden = JsonDocument.Parse(GoldenFile.Text("schedulers.json")).RootElement;

    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<int> Trajectories => [.. Enumerable.Range(0, Golden.GetProperty("trajectories").GetArrayLength())];

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Trajectories))]
    public void Recorded_trajectory_is_followed_in_fp32(int index) =>
        Follow(index, ScalarType.Float32, "x_after_step_fp32", 5e-6, exact: false);

    [Theory]
    [MemberData(nameof(Trajectories))]
    public void Recorded_trajectory_is_followed_in_fp64(int index) =>
        Follow(index, ScalarType.Float64, "x_after_step_fp64", 2e-7, exact: true);

    [Fact]
    public void Noise_levels_of_the_solver_are_the_recorded_ones()
    {
        foreach (var table in Golden.GetProperty("tables").EnumerateArray().Where(t => t.TryGetProperty("dpm_sigmas_fp32", out _)))
        {
            using var solver = new DpmSolver([.. Numbers(table.GetProperty("timesteps_with_end_fp32"))]);
            var levels = Enumerable.Range(0, solver.Times.Count).ToArray();
            Assert.Equal(Numbers(table.GetProperty("dpm_sigmas_fp32")), levels.Select(i => (double)(float)solver.Sigma(i)));

            foreach (var (level, recorded) in levels.Zip(table.GetProperty("dpm_lambda_fp32").EnumerateArray().Select(Number)))
            {
                Assert.True(solver.Lambda(level) == recorded || Math.Abs(solver.Lambda(level) - recorded) < Rounding(solver.Sigma(level)), $"{solver.Lambda(level)} is not {recorded}.");
            }
        }
    }

    [Fact]
    public void Times_that_a_bf16_model_sees_are_the_recorded_ones()
    {
        foreach (var table in Golden.GetProperty("tables").EnumerateArray().Where(t => t.TryGetProperty("model_timesteps_bf16", out _)))
        {
            var times = new SchedulerConfig().Times(table.GetProperty("num_inference_steps").GetInt32(), table.GetProperty("num_tokens").GetInt64());
            var seen = tensor(times[..^1].Select(t => (float)t).ToArray()).to(ScalarType.BFloat16).to(ScalarType.Float64);
            Assert.Equal(Numbers(table.GetProperty("model_timesteps_bf16")), seen.data<double>().ToArray());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Up_to_three_steps_the_solver_is_euler(int steps)
    {
        var times = new SchedulerConfig().Times(steps, 4096);
        var x = Start(ScalarType.Float64);
        var (one, two) = (Run(new FlowMatchEuler(times), x), Run(new DpmSolver(times), x));
        Assert.All(one[^1].Zip(two[^1]), pair => Assert.Equal(pair.First, pair.Second, 12));
    }

    [Theory]
    [InlineData(SchedulerKind.Euler, 1)]
    [InlineData(SchedulerKind.Euler, 5)]
    [InlineData(SchedulerKind.DpmSolver, 1)]
    [InlineData(SchedulerKind.DpmSolver, 5)]
    [InlineData(SchedulerKind.DpmSolver, 7)]
    public void Run_goes_on_to_the_same_bits_from_a_saved_state(SchedulerKind kind, int cut)
    {
        var config = new SchedulerConfig();
        using var whole = config.Create(kind, 8, 4096);
        var x = Start(ScalarType.Float32);
        for (var i = 0; i < cut; i++)
        {
            x = whole.Step(i, x, Velocity(x, whole.Times[i]));
        }

        using var resumed = config.Create(kind, 8, 4096);
        resumed.Restore(whole.Save());
        var (a, b) = (x, x);
        for (var i = cut; i < whole.Count; i++)
        {
            a = whole.Step(i, a, Velocity(a, whole.Times[i]));
            b = resumed.Step(i, b, Velocity(b, whole.Times[i]));
        }

        Assert.Equal(a.data<float>().ToArray(), b.data<float>().ToArray());
    }

    [Fact]
    public void Solver_does_not_go_on_without_its_history()
    {
        using var solver = new DpmSolver([0, 0.5, 1]);
        Assert.Empty(solver.Save());
        var fault = Assert.Throws<ModelException>(() => solver.Restore(new Dictionary<string, StateTensor>()));
        Assert.Contains("scheduler.estimate", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SchedulerKind.Euler)]
    [InlineData(SchedulerKind.DpmSolver)]
    public void Step_returns_the_type_of_the_models_output(SchedulerKind kind)
    {
        using var scheduler = new SchedulerConfig().Create(kind, 4, 4096);
        var x = Start(ScalarType.BFloat16);
        for (var i = 0; i < scheduler.Count; i++)
        {
            x = scheduler.Step(i, x, x * 0.5);
            Assert.Equal(ScalarType.BFloat16, x.dtype);
            Assert.False(x.isnan().any().item<bool>());
        }
    }

    // The record took the logarithms of fp32 numbers by an fp32 library; ours are fp64.
    private static double Rounding(double sigma) => 5e-7 + (1.2e-7 * ((1 / sigma) + (1 / (1 - sigma))));

    private static void Follow(int index, ScalarType dtype, string key, double tolerance, bool exact)
    {
        var record = Golden.GetProperty("trajectories")[index];
        var kind = record.GetProperty("scheduler").GetString() == "euler" ? SchedulerKind.Euler : SchedulerKind.DpmSolver;
        var tokens = record.GetProperty("num_tokens").GetInt64();
        var config = new SchedulerConfig();
        var times = record.TryGetProperty("custom_timesteps", out var custom) ? SchedulerConfig.CustomTimes([.. Numbers(custom)])
            : exact ? config.ExactTimes(record.GetProperty("num_inference_steps").GetInt32(), tokens)
            : config.Times(record.GetProperty("num_inference_steps").GetInt32(), tokens);
        var states = Run(SchedulerConfig.Create(kind, times), Start(dtype));
        var expected = record.GetProperty(key).EnumerateArray().Select(e => Numbers(e).ToArray()).ToArray();
        Assert.Equal(expected.Length, states.Count);
        var worst = states.Zip(expected).Max(s => s.First.Zip(s.Second).Max(v => Math.Abs(v.First - v.Second)));
        Assert.True(worst <= tolerance, $"Trajectory {index} is off by {worst}, tolerance {tolerance}.");
    }

    private static List<double[]> Run(IScheduler scheduler, Tensor x)
    {
        using (scheduler)
        {
            var states = new List<double[]>();
            for (var i = 0; i < scheduler.Count; i++)
            {
                x = scheduler.Step(i, x, Velocity(x, scheduler.Times[i]));
                states.Add(x.to(ScalarType.Float64).data<double>().ToArray());
            }

            return states;
        }
    }

    private static Tensor Start(ScalarType dtype) => tensor(Numbers(Rule("x0")).ToArray()).to(dtype);

    // v(x, t) = M x + c + d·t
    private static Tensor Velocity(Tensor x, double t)
    {
        var matrix = stack(Rule("M_row_major").EnumerateArray().Select(row => tensor(Numbers(row).ToArray())).ToArray(), 0).to(x.dtype);
        var (c, d) = (tensor(Numbers(Rule("c")).ToArray()).to(x.dtype), tensor(Numbers(Rule("d")).ToArray()).to(x.dtype));
        return matrix.matmul(x) + c + (d * t);
    }

    private static JsonElement Rule(string key) => Golden.GetProperty("linear_velocity").GetProperty(key);

    private static IEnumerable<double> Numbers(JsonElement list) => list.EnumerateArray().Select(Number);

    private static double Number(JsonElement e) => e.ValueKind != JsonValueKind.String ? e.GetDouble() : e.GetString() == "inf" ? double.PositiveInfinity : double.NegativeInfinity;
}

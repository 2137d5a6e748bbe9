using OmniGen2.Schedulers;
using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>Tables of times, and runs of both solvers along a velocity that is known for every point and time.</summary>
internal sealed class SchedulersCases(ParitySource source) : RecordedCases(source, "schedulers")
{
    public const string File = "schedulers.json";

    private const double OneUlp = 1.2e-7;

    private readonly ParitySource _source = source;

    public override IEnumerable<ParityCase> List()
    {
        var json = _source.Set.Top.Json(File);
        foreach (var table in json["tables"].Items)
        {
            var shift = table["dynamic_time_shift"].Bool ? "" : "-unshifted";
            yield return Case($"times-{table["num_inference_steps"].Raw}-steps-{table["num_tokens"].Raw}-tokens{shift}", checks => CompareTable(table, checks));
        }

        foreach (var run in json["trajectories"].Items)
        {
            var steps = run.Find("num_inference_steps") is { } count ? $"{count.Raw}-steps" : "custom-times";
            yield return Case($"{run["scheduler"].Text}-{steps}-{run["num_tokens"].Raw}-tokens", checks => CompareRun(json["linear_velocity"], run, checks));
        }
    }

    private static void CompareTable(RecordedJson table, CaseChecks checks)
    {
        var steps = table["num_inference_steps"].Int;
        long? tokens = table["num_tokens"].IsNull ? null : table["num_tokens"].Long;
        var config = new SchedulerConfig { DynamicTimeShift = table["dynamic_time_shift"].Bool };
        var times = config.Times(steps, tokens);
        checks.Same("timesteps_with_end_fp32", table["timesteps_with_end_fp32"].Doubles, times);
        checks.Same("timesteps_fp32", table["timesteps_fp32"].Doubles, times[..^1]);
        foreach (var (key, tolerance) in (IEnumerable<(string, double)>)[("timesteps_numpy1_fp32", OneUlp), ("timesteps_ideal_fp64", OneUlp)])
        {
            if (table.Find(key) is { } recorded)
            {
                checks.Near<double>(key, recorded.Doubles, times.AsSpan()[..^1], Tolerance.Within(tolerance));
            }
        }

        if (table.Find("model_timesteps_bf16") is { } rounded)
        {
            var seen = tensor(times[..^1].Select(t => (float)t).ToArray()).to(ScalarType.BFloat16);
            checks.Same("model_timesteps_bf16", rounded.Doubles, seen.Doubles());
        }

        CompareNoiseLevels(table, times, checks);
    }

    private static void CompareNoiseLevels(RecordedJson table, double[] times, CaseChecks checks)
    {
        using var solver = new DpmSolver(times);
        var levels = Enumerable.Range(0, times.Length).ToArray();
        if (table.Find("dpm_sigmas_fp32") is { } sigmas)
        {
            checks.Same("dpm_sigmas_fp32", sigmas.Doubles, levels.Select(i => (double)(float)solver.Sigma(i)));
        }

        if (table.Find("dpm_lambda_fp32") is { } lambdas)
        {
            foreach (var (level, recorded) in levels.Zip(lambdas.Doubles))
            {
                checks.Near($"dpm_lambda_fp32[{level}]", recorded, solver.Lambda(level), RoundingOfLambda(solver.Sigma(level)));
            }
        }
    }

    // The record took the logarithms of fp32 numbers by an fp32 library; ours are fp64.
    private static double RoundingOfLambda(double sigma) => 5e-7 + (OneUlp * ((1 / sigma) + (1 / (1 - sigma))));

    private void CompareRun(RecordedJson rule, RecordedJson run, CaseChecks checks)
    {
        var kind = RecordedNames.Scheduler(run["scheduler"]);
        var (config, tokens) = (new SchedulerConfig(), run["num_tokens"].Long);
        var custom = run.Find("custom_timesteps") is { } times ? SchedulerConfig.CustomTimes(times.Doubles) : null;
        Follow("x_after_step_fp32", custom ?? config.Times(run["num_inference_steps"].Int, tokens), ScalarType.Float32, 5e-6);
        Follow("x_after_step_fp64", custom ?? config.ExactTimes(run["num_inference_steps"].Int, tokens), ScalarType.Float64, 2e-7);

        void Follow(string key, double[] times, ScalarType type, double tolerance)
        {
            var computed = Run(SchedulerConfig.Create(kind, times), rule, type);
            var recorded = run[key].Items;
            checks.Same($"{key}: steps", recorded.Count, computed.Count);
            for (var i = 0; i < Math.Min(recorded.Count, computed.Count); i++)
            {
                checks.Near<double>($"{key}[{i}]", recorded[i].Doubles, computed[i], Tolerance.Within(tolerance));
            }
        }
    }

    private List<double[]> Run(IScheduler scheduler, RecordedJson rule, ScalarType type)
    {
        using (scheduler)
        {
            var matrix = stack([.. rule["M_row_major"].Items.Select(Vector)], 0);
            var (x, c, d) = (Vector(rule["x0"]), Vector(rule["c"]), Vector(rule["d"]));
            var states = new List<double[]>();
            for (var i = 0; i < scheduler.Count; i++)
            {
                var velocity = matrix.matmul(x) + c + (d * scheduler.Times[i]);      // v(x, t) = M x + c + d·t
                x = scheduler.Step(i, x, velocity);
                states.Add(x.Doubles());
            }

            return states;
        }

        Tensor Vector(RecordedJson list) => tensor(list.Doubles).to(type).to(Device);
    }
}

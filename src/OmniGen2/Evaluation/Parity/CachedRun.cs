using OmniGen2.Caching;
using OmniGen2.Models.Diffusion;
using OmniGen2.Sampling;
using OmniGen2.Schedulers;
using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>One recorded sampling run, done again with the engine's own guidance and scheduler.</summary>
internal sealed class CachedRun(RecordedJson run, RecordedFile inputs, RecordedFile recorded, Device device)
{
    private const double DecisionTolerance = 1e-5;

    private static readonly Tolerance Allowed = Tolerance.OfLargest(2e-5);

    public void Compare(OmniGen2Transformer model, CaseChecks checks)
    {
        var latents = inputs.Tensor("input.latent", device);                  // [1, C, h, w]
        var times = Times(latents, checks);
        var guidance = new Guidance(Request(), times.Length);
        using var scheduler = SchedulerConfig.Create(SchedulerKind.Euler, SchedulerConfig.CustomTimes([.. times.Select(t => (double)t)]));
        using var session = model.Begin(Plan(latents, times));
        for (var step = 0; step < times.Length; step++)
        {
            var calls = run["calls"].Items.Where(c => c["step"].Int == step).ToList();
            var branches = calls.Select(c => c["branch"].Text).ToList();
            checks.Same($"step {step}: branches", branches, guidance.Branches(step));
            checks.Same($"step {step}: times", calls.Select(c => (float)c["t"].Double), calls.Select(_ => times[step]));
            var velocities = session.Velocities(step, latents, branches);
            checks.Same($"step {step}: calls in full", calls.Count(c => c["decision"].Text == "full"), session.Passes);
            for (var i = 0; i < calls.Count; i++)
            {
                CompareCall(calls[i], session.Branch(branches[i]).Cache, velocities[i], checks);
            }

            latents = scheduler.Step(step, latents, guidance.Combine(velocities));
            CompareLatents(step, times.Length, latents, checks);
        }
    }

    private float[] Times(Tensor latents, CaseChecks checks)
    {
        float[] times = [.. run["timesteps_fp32"].Doubles.Select(t => (float)t)];
        var custom = inputs.Has("input.custom_timesteps") ? inputs.Floats("input.custom_timesteps") : [];
        if (!custom.SequenceEqual(times))
        {
            var made = new SchedulerConfig().Times(run["num_inference_steps"].Int, latents.shape[2] * latents.shape[3]);
            checks.Same("timesteps_fp32", times, made[..^1].Select(t => (float)t));
        }

        return times;
    }

    private GenerationRequest Request() => new()
    {
        Prompt = "",
        Images = run["reference_image"].Bool ? [new RgbImage(1, 1)] : [],     // only whether there is one decides about the branches
        TextGuidance = run["text_guidance_scale"].Double,
        ImageGuidance = run["image_guidance_scale"].Double,
        CfgStart = run["cfg_range"].Doubles[0],
        CfgEnd = run["cfg_range"].Doubles[1],
    };

    private VelocityPlan Plan(Tensor latents, float[] times) => new()
    {
        Height = (int)latents.shape[2],
        Width = (int)latents.shape[3],
        Times = times,
        References = run["reference_image"].Bool ? References() : [],
        Cache = run["mode"].Text switch
        {
            "none" => null,
            "teacache" => new CacheOptions.TeaCache(run["teacache_rel_l1_thresh"].Double),
            "taylorseer" => new CacheOptions.TaylorSeer(),
            var mode => throw new ModelException($"The cache '{mode}' is unknown to this build."),
        },
        Branches =
        [
            new(Branch.Conditional, inputs.Tensor("input.text", device), true),
            new(Branch.References, inputs.Tensor("input.negative_text", device), true),
            new(Branch.Unconditional, inputs.Tensor("input.negative_text", device), false),
        ],
    };

    private List<Tensor> References() =>
        [.. Enumerable.Range(0, OmniGen2Transformer.MaxReferences).Select(j => $"input.ref{j}.latent").TakeWhile(inputs.Has).Select(n => inputs.Tensor(n, device).unsqueeze(0))];

    private void CompareCall(RecordedJson call, BranchCache? cache, Tensor velocity, CaseChecks checks)
    {
        var name = $"step{call["step"].Int:00}.{call["branch"].Text}";
        if (recorded.Has($"out.{name}"))
        {
            checks.Near($"out.{name}", recorded.Floats($"out.{name}"), velocity.Floats(), Allowed);
        }

        if (cache is TaylorSeer seer)
        {
            var isFull = seer.Computed[^1] == call["branch_step"].Int;
            checks.Same($"{name}: decision", call["decision"].Text, isFull ? "full" : "taylor");
            checks.Same($"{name}: orders", call["orders"].Int, seer.Orders);
            checks.Same($"{name}: activated_steps", call["activated_steps"].Ints, seer.Computed);
        }
        else if (cache is TeaCache tea)
        {
            CompareChange(name, call, tea, checks);
        }
    }

    /// <summary>At both ends everything is computed whatever the change; what is recorded of it there was not used.</summary>
    private static void CompareChange(string name, RecordedJson call, TeaCache tea, CaseChecks checks)
    {
        checks.Near($"{name}: accumulated_after", call["accumulated_after"].Double, tea.Accumulated, DecisionTolerance);
        checks.Same($"{name}: first_or_last", call["first_or_last"].Bool, tea.Change is null);
        if (tea.Change is { } change && call.Find("d") is { } d)
        {
            checks.Near($"{name}: d", d.Double, change, DecisionTolerance);
        }

        if (call["decision"].Text == "skip")
        {
            checks.Near($"{name}: p_of_d", call["p_of_d"].Double, tea.Accumulated - call["accumulated_before"].Double, 2 * DecisionTolerance);
        }
    }

    private void CompareLatents(int step, int steps, Tensor latents, CaseChecks checks)
    {
        foreach (var (name, at) in (IEnumerable<(string, int)>)[("out.first_step_latent", 0), ("out.final_latent", steps - 1)])
        {
            if (step == at && recorded.Has(name))
            {
                checks.Near(name, recorded.Floats(name), latents.Floats(), Allowed);
            }
        }
    }
}

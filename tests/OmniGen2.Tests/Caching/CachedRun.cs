using System.Text.Json;
using OmniGen2.Caching;
using OmniGen2.Models.Diffusion;
using OmniGen2.Tests.Diffusion;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Caching;

/// <summary>Repeats one recorded sampling run of the original, with or without a cache, and compares every call.</summary>
internal sealed class CachedRun
{
    private const double Tolerance = 2e-5;

    private readonly JsonElement _run;
    private readonly GoldenTensors _inputs = GoldenTensors.Open("caching/inputs.safetensors");
    private readonly GoldenTensors _expected;
    private readonly float[] _times;
    private readonly VelocityPlan _plan;

    public CachedRun(string name)
    {
        using var index = JsonDocument.Parse(GoldenFile.Text("caching/index.json"));
        _run = index.RootElement.GetProperty("runs").GetProperty(name).Clone();
        _expected = GoldenTensors.Open($"caching/{name}.safetensors");
        _times = [.. _run.GetProperty("timesteps_fp32").EnumerateArray().Select(t => t.GetSingle())];
        var hasReference = _run.GetProperty("reference_image").GetBoolean();
        _plan = new VelocityPlan
        {
            Height = 8,
            Width = 12,
            Times = _times,
            References = hasReference ? [Input("input.ref0.latent").unsqueeze(0)] : [],
            Cache = Cache(),
            Branches = [new("cond", Input("input.text"), true), new("ref", Input("input.negative_text"), true), new("uncond", Input("input.negative_text"), false)],
        };
    }

    public int Steps => _times.Length;

    /// <summary>Runs steps from … to, comparing as it goes; gives the latents.</summary>
    public Tensor Run(VelocitySession session, Tensor latents, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            var calls = _run.GetProperty("calls").EnumerateArray().Where(c => c.GetProperty("step").GetInt32() == step).ToList();
            var names = calls.Select(c => c.GetProperty("branch").GetString()!).ToList();
            var velocities = session.Velocities(step, latents, names);
            Assert.Equal(calls.Count(c => c.GetProperty("decision").GetString() == "full"), session.Passes);
            for (var i = 0; i < calls.Count; i++)
            {
                CompareCall(calls[i], session.Branch(names[i]).Cache, velocities[i]);
            }

            latents = latents + (Guide(velocities) * Distance(step));
            CompareLatents(step, latents);
        }

        return latents;
    }

    public VelocitySession Begin() => TinyTransformer.Load().Begin(_plan);

    public Tensor Start() => Input("input.latent");

    private CacheOptions? Cache() => _run.GetProperty("mode").GetString() switch
    {
        "teacache" => new CacheOptions.TeaCache(_run.GetProperty("teacache_rel_l1_thresh").GetDouble()),
        "taylorseer" => new CacheOptions.TaylorSeer(),
        _ => null,
    };

    private float Distance(int step) => (step + 1 < Steps ? _times[step + 1] : 1) - _times[step];

    private Tensor Guide(IReadOnlyList<Tensor> v)
    {
        var (text, image) = (_run.GetProperty("text_guidance_scale").GetDouble(), _run.GetProperty("image_guidance_scale").GetDouble());
        return v.Count switch
        {
            1 => v[0],
            2 => v[1] + (text * (v[0] - v[1])),
            _ => v[2] + (image * (v[1] - v[2])) + (text * (v[0] - v[1])),
        };
    }

    private void CompareCall(JsonElement call, BranchCache? cache, Tensor velocity)
    {
        var (step, branch) = (call.GetProperty("step").GetInt32(), call.GetProperty("branch").GetString());
        var name = $"out.step{step:00}.{branch}";
        if (cache is not null)
        {
            Closeness.Near(_expected.Floats(name), velocity.Floats(), Tolerance, name);
        }

        if (cache is TaylorSeer seer)
        {
            Assert.Equal(call.GetProperty("orders").GetInt32(), seer.Orders);
            Assert.Equal(call.GetProperty("activated_steps").EnumerateArray().Select(s => s.GetInt32()), seer.Computed);
            Assert.Equal(call.GetProperty("decision").GetString() == "full", seer.Computed[^1] == call.GetProperty("branch_step").GetInt32());
        }
        else if (cache is TeaCache tea)
        {
            Assert.Equal(call.GetProperty("accumulated_after").GetDouble(), tea.Accumulated, 1e-5);
            var isEnd = call.GetProperty("first_or_last").GetBoolean();   // a change recorded there was not used
            Assert.Equal(isEnd, tea.Change is null);
            Assert.Equal(isEnd ? 0 : call.GetProperty("d").GetDouble(), tea.Change ?? 0, 1e-5);
        }
    }

    private void CompareLatents(int step, Tensor latents)
    {
        foreach (var (name, at) in (IEnumerable<(string, int)>)[("out.first_step_latent", 0), ("out.final_latent", Steps - 1)])
        {
            if (step == at)
            {
                Closeness.Near(_expected.Floats(name), latents.Floats(), Tolerance, name);
            }
        }
    }

    private Tensor Input(string name) => torch.tensor(_inputs.Floats(name), _inputs.Shape(name));
}

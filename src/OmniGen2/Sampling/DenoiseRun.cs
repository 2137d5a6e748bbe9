using OmniGen2.Models.Diffusion;
using OmniGen2.Schedulers;
using static TorchSharp.torch;

namespace OmniGen2.Sampling;

/// <summary>
/// One picture on its way from noise to latents. Holds its tensors outside all scopes, so that the caller may do other work, even another
/// picture, between two steps. Latents, guidance and scheduler stay in fp32; only the network runs in the model's precision.
/// </summary>
internal sealed class DenoiseRun : IDisposable
{
    private readonly GenerationPlan _plan;
    private readonly VelocitySession _session;
    private readonly ScalarType _precision;
    private readonly Guidance _guidance;
    private readonly IScheduler _scheduler;
    private Tensor _latents;   // [1, C, h, w]
    private int _step;
    private IReadOnlyList<Tensor>? _ahead;

    /// <param name="plan">What to draw.</param>
    /// <param name="session">The network, made ready for the plan; owned by the run from here on.</param>
    /// <param name="start">Starting noise, [1, C, h, w], when nothing is resumed.</param>
    /// <param name="precision">Of the network.</param>
    /// <param name="resume">Where an earlier run stood.</param>
    public DenoiseRun(GenerationPlan plan, VelocitySession session, Tensor start, ScalarType precision, DenoiseState? resume)
    {
        _plan = plan;
        _session = session;
        _precision = precision;
        _guidance = plan.Guidance;
        _scheduler = plan.Request.Scheduler switch
        {
            SchedulerKind.DpmSolver => new DpmSolver(plan.Times),
            _ => new FlowMatchEuler(plan.Times),
        };
        _latents = (resume?.Latents.ToTensor(start.device) ?? start.clone()).DetachFromDisposeScope();
        if (resume is { Step: > 0 })
        {
            _step = resume.Step;
            _scheduler.Restore(resume.History);
            _session.LoadCaches(resume.History);
        }
    }

    public bool IsDone => _step == _plan.Steps;

    public GenerationPlan Plan => _plan;

    /// <summary>How many branches the last step took through the layers.</summary>
    public int Passes => _session.Passes;

    /// <summary>The velocities of the next step are there already.</summary>
    public bool IsAhead => _ahead is not null;

    /// <summary>Whether the next step's velocities may be computed before the step is taken. Not with a cache: it changes meanwhile, and would be wrong if the step came to nothing.</summary>
    public bool CanGoAhead => !IsDone && !IsAhead && !_session.HasCaches;

    /// <summary>Computes what the next steps of several runs need in one walk over the weights. The steps are taken by <see cref="Advance"/>, one run at a time.</summary>
    public static void GoAhead(IReadOnlyList<DenoiseRun> runs)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var velocities = VelocitySession.Together([.. runs.Select(r => r.Asked)]);
        foreach (var (run, own) in runs.Zip(velocities))
        {
            run.Record($"ahead.step{run._step:00}", own[0]);
        }

        // Only now: where one of them fails, none is ahead.
        foreach (var (run, own) in runs.Zip(velocities))
        {
            run._ahead = [.. own.Select(v => v.DetachFromDisposeScope())];
        }
    }

    public DenoiseStep Advance()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var velocity = Velocity();
        var time = _scheduler.Times[_step];
        var estimate = (_latents + (velocity * (1 - time))).ToLatentImage();
        Keep(_scheduler.Step(_step, _latents, velocity));
        Record($"out.step{_step:00}.latent", _latents);
        _step++;
        ForgetAhead();
        return new DenoiseStep(DenoisePhase.Denoising, _step, _plan.Steps) { Estimate = estimate, Passes = _session.Passes, State = State() };
    }

    public void Dispose()
    {
        ForgetAhead();
        _latents.Dispose();
        _scheduler.Dispose();
        _session.Dispose();
    }

    private VelocityStep Asked => new(_session, _step, _latents.to_type(_precision), _guidance.Branches(_step));

    private Tensor Velocity()
    {
        var branches = _guidance.Branches(_step);
        var velocities = _ahead ?? VelocitySession.Together(Asked)[0];
        if (_step == 0)
        {
            for (var i = 0; i < branches.Count; i++)
            {
                Record($"out.step00.{branches[i]}", velocities[i]);
            }
        }

        return _guidance.Combine([.. velocities.Select(v => v.to_type(ScalarType.Float32))]);
    }

    private DenoiseState State() => new()
    {
        Step = _step,
        Count = _plan.Steps,
        Latents = _latents.ToLatentImage(),
        Fingerprint = _plan.Fingerprint,
        History = IsDone ? new Dictionary<string, StateTensor>() : _scheduler.Save().Concat(_session.SaveCaches()).ToDictionary(),
    };

    private void ForgetAhead()
    {
        foreach (var velocity in _ahead ?? [])
        {
            velocity.Dispose();
        }

        _ahead = null;
    }

    private void Keep(Tensor next)
    {
        _latents.Dispose();
        _latents = next.DetachFromDisposeScope();
    }

    private void Record(string name, Tensor tensor) => _plan.Parity.Record?.Invoke(name, tensor);
}

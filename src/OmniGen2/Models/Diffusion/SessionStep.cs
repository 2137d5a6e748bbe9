using OmniGen2.Caching;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>One session within one step: what has to be refined, which branches go through the layers, what comes of them.</summary>
internal sealed class SessionStep
{
    private readonly VelocitySession _session;
    private readonly StepPlace _place;
    private readonly Modulation _modulation;
    private readonly Lazy<TokenPass> _noise;
    private readonly Lazy<IReadOnlyList<TokenPass>> _references;
    private readonly List<BranchRun> _runs;

    /// <param name="asked">What for.</param>
    /// <param name="modulation">The factors of the step.</param>
    public SessionStep(VelocityStep asked, Modulation modulation)
    {
        var session = _session = asked.Session;
        _place = new StepPlace(asked.Step, session.Steps);
        _modulation = modulation;
        _noise = new(() => session.Model.NoisePass(asked.Latents, session.NoiseRotary, _modulation));
        _references = new(() => OmniGen2Transformer.ReferencePasses(session.References, _modulation));
        var noise = new Lazy<Tensor>(RefinedNoise);
        var references = new Lazy<IReadOnlyList<Tensor>>(RefinedReferences);
        _runs = [.. asked.Branches.Select(name => new BranchRun(session.Branch(name), noise, references))];
        NeedsReferences = !session.HasCaches && asked.Branches.Any(name => session.Branch(name).SeesReferences);
    }

    /// <summary>What surely has to be refined. With caches nothing is sure: then it is refined on demand, without the others.</summary>
    public IReadOnlyList<TokenPass> NoisePasses => _session.HasCaches ? [] : [_noise.Value];

    public IReadOnlyList<TokenPass> ReferencePasses => NeedsReferences ? _references.Value : [];

    private bool NeedsReferences { get; }

    public void Foretell() => _runs.ForEach(run => run.Foretell(_place, joint => _session.Model.LayersInput(joint, _modulation)));

    /// <summary>The branches that have to go through the layers.</summary>
    public IReadOnlyList<TokenPass> Start()
    {
        var passes = _runs.Where(r => r.Result is null).Select(r => r.Start(_modulation)).ToList();
        _session.Passes = passes.Count;
        return passes;
    }

    /// <summary>The velocities; they belong to the scope around the current one.</summary>
    public IReadOnlyList<Tensor> Finish()
    {
        foreach (var run in _runs.Where(r => r.Result is null))
        {
            run.Finish();
        }

        return [.. _runs.Select(r => _session.Model.Project(r.Result!, _session.Grid, _modulation).MoveToOuterDisposeScope())];
    }

    private Tensor RefinedNoise()
    {
        if (_session.HasCaches)
        {
            _session.Model.RefineNoise([_noise.Value]);
        }

        return _noise.Value.Tokens;
    }

    private IReadOnlyList<Tensor> RefinedReferences()
    {
        if (!NeedsReferences)
        {
            _session.Model.RefineReferences(_references.Value);
        }

        return [.. _references.Value.Select(p => p.Tokens)];
    }
}

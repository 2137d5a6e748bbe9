using OmniGen2.Caching;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>
/// The velocities of one picture's guidance branches, step by step. Computed once, at the beginning: context tokens of every
/// branch, embedded references, angles, and the modulation of the whole schedule. Once a step, for all branches: noise tokens and
/// refined references. Per branch: the joint layers, unless its cache knows better.
/// <code>
/// using var session = transformer.Begin(new VelocityPlan { Height = h, Width = w, Times = times, References = refs, Cache = request.Cache,
///     Branches = [new("cond", text, true), new("ref", negative, true), new("uncond", negative, false)] });
/// var v = session.Velocities(step, latents, "cond", "uncond");   // in the order asked for, each [1, C, h, w] in the current scope
/// </code>
/// <see cref="SaveCaches"/> and <see cref="LoadCaches"/> carry the caches to another process; the rest is the same when begun from the same plan.
/// </summary>
public sealed class VelocitySession : IDisposable
{
    private readonly OmniGen2Transformer _model;
    private readonly PatchGrid _grid;
    private readonly int _steps;
    private readonly Modulation _schedule;
    private readonly Rotary _noiseRotary;
    private readonly List<ImageTokens> _references;
    private readonly List<SessionBranch> _branches;

    internal VelocitySession(OmniGen2Transformer model, VelocityPlan plan)
    {
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        _model = model;
        _steps = plan.Times.Count;
        _grid = PatchGrid.FromLatent(plan.Height, plan.Width, model.Config.PatchSize);
        _references = [.. plan.References.Select((r, j) => model.EmbedReference(r, j))];
        _branches = [.. plan.Branches.Select(b => BeginBranch(b, plan.Cache))];
        _noiseRotary = model.ImageRotary(_grid);
        _schedule = model.Modulate(torch.tensor([.. plan.Times], [_steps]).to_type(model.DType));

        // Only now: what is refused above leaves nothing behind.
        _references.ForEach(r => r.Detach());
        _branches.ForEach(b => b.Detach());
        _noiseRotary.Detach();
        _schedule.Detach();
    }

    /// <summary>How many branches went through the joint layers in the last step; the others were foretold by their caches.</summary>
    public int Passes { get; private set; }

    /// <summary>Velocities of the named branches at one step of the schedule.</summary>
    public IReadOnlyList<Tensor> Velocities(int step, Tensor latents, params IReadOnlyList<string> branches)
    {
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var modulation = _schedule.At(step);
        var noise = new Lazy<Tensor>(() => _model.RefineNoise(latents, _noiseRotary, modulation));
        var references = new Lazy<IReadOnlyList<Tensor>>(() => _model.RefineReferences(_references, modulation));
        var runs = branches.Select(name => new BranchRun(Branch(name), noise, references)).ToList();
        foreach (var run in runs)
        {
            run.Foretell(new StepPlace(step, _steps), joint => _model.LayersInput(joint, modulation));
        }

        var open = runs.Where(r => r.Result is null).ToList();
        Passes = open.Count;
        _model.RunLayers([.. open.Select(r => r.Start())], modulation);
        open.ForEach(run => run.Finish());
        return [.. runs.Select(r => _model.Project(r.Result!, _grid, modulation).MoveToOuterDisposeScope())];
    }

    /// <summary>What the caches remember, by names that <see cref="LoadCaches"/> finds again.</summary>
    public IReadOnlyDictionary<string, StateTensor> SaveCaches() =>
        _branches.SelectMany(b => b.Save()).ToDictionary();

    /// <summary>Goes on where <see cref="SaveCaches"/> stood; a branch of which nothing was saved starts afresh.</summary>
    public void LoadCaches(IReadOnlyDictionary<string, StateTensor> saved) => _branches.ForEach(b => b.Load(saved));

    public void Dispose()
    {
        _schedule.Dispose();
        _noiseRotary.Dispose();
        _references.ForEach(r => r.Dispose());
        _branches.ForEach(b => b.Dispose());
    }

    internal SessionBranch Branch(string name) =>
        _branches.Find(b => b.Name == name) ?? throw new ArgumentException($"No branch '{name}' in this session.", nameof(name));

    private SessionBranch BeginBranch(GuidanceBranch branch, CacheOptions? cache)
    {
        var context = _model.EncodeText(branch.Text);
        var grids = branch.SeesReferences ? _references.Select(r => r.Grid) : [];
        var rotary = _model.JointRotary(context, grids, _grid);
        return new SessionBranch(branch, context, rotary, BranchCache.For(cache, context.device));
    }
}

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
/// Sessions of several pictures go through a step side by side with <see cref="Together"/>.
/// <see cref="SaveCaches"/> and <see cref="LoadCaches"/> carry the caches to another process; the rest is the same when begun from the same plan.
/// </summary>
public sealed class VelocitySession : IDisposable
{
    // A picture of 512 × 512 and a reference as large: beyond, the GPU works longer on an operator than it takes to launch one.
    private const int RecordedTokens = 2048;

    private readonly Modulation _schedule;
    private readonly List<SessionBranch> _branches;
    private readonly SessionGraphs? _graphs;

    internal VelocitySession(OmniGen2Transformer model, VelocityPlan plan)
    {
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        Model = model;
        Steps = plan.Times.Count;
        Grid = PatchGrid.FromLatent(plan.Height, plan.Width, model.Config.PatchSize);
        References = [.. plan.References.Select((r, j) => model.EmbedReference(r, j))];
        _branches = [.. plan.Branches.Select(b => BeginBranch(b, plan.Cache))];
        NoiseRotary = model.ImageRotary(Grid);
        _schedule = model.Modulate(torch.tensor([.. plan.Times], [Steps]).to_type(model.DType));
        if (plan.Graphs is { IsOn: true } graphs && !HasCaches && Grid.Count + References.Sum(r => r.Grid.Count) <= RecordedTokens)
        {
            _graphs = new SessionGraphs(this, _schedule, graphs);
        }

        // Only now: what is refused above leaves nothing behind.
        References.ForEach(r => r.Detach());
        _branches.ForEach(b => b.Detach());
        NoiseRotary.Detach();
        _schedule.Detach();
        _graphs?.Detach();
    }

    /// <summary>How many branches went through the joint layers in the last step; the others were foretold by their caches.</summary>
    public int Passes { get; internal set; }

    /// <summary>Whether some branch may leave its layers out.</summary>
    internal bool HasCaches => _branches.Exists(b => b.Cache is not null);

    internal OmniGen2Transformer Model { get; }

    internal PatchGrid Grid { get; }

    internal int Steps { get; }

    internal Rotary NoiseRotary { get; }

    internal List<ImageTokens> References { get; }

    /// <summary>Velocities of the named branches at one step of the schedule.</summary>
    public IReadOnlyList<Tensor> Velocities(int step, Tensor latents, params IReadOnlyList<string> branches) =>
        Together(new VelocityStep(this, step, latents, branches))[0];

    /// <summary>
    /// The velocities of several sessions of one transformer, each at a step of its own schedule, in one walk over the weights: each session's are
    /// those of <see cref="Velocities"/>, bit for bit, for no product mixes the tokens of two sessions.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Tensor>> Together(params IReadOnlyList<VelocityStep> steps)
    {
        var model = steps[0].Session.Model;
        if (steps.Any(s => s.Session.Model != model))
        {
            throw new ArgumentException("Only sessions of one transformer share its weights.", nameof(steps));
        }

        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        return steps is [{ Session._graphs: { } graphs } only]
            ? [graphs.Velocities(only)]
            : Walk(model, [.. steps.Select(s => new SessionStep(s, s.Session._schedule.At(s.Step)))]);
    }

    /// <summary>What the caches remember, by names that <see cref="LoadCaches"/> finds again.</summary>
    public IReadOnlyDictionary<string, StateTensor> SaveCaches() =>
        _branches.SelectMany(b => b.Save()).ToDictionary();

    /// <summary>Goes on where <see cref="SaveCaches"/> stood; a branch of which nothing was saved starts afresh.</summary>
    public void LoadCaches(IReadOnlyDictionary<string, StateTensor> saved) => _branches.ForEach(b => b.Load(saved));

    public void Dispose()
    {
        _graphs?.Dispose();
        _schedule.Dispose();
        NoiseRotary.Dispose();
        References.ForEach(r => r.Dispose());
        _branches.ForEach(b => b.Dispose());
    }

    /// <summary>The velocities of steps; they belong to the scope around the current one.</summary>
    internal static IReadOnlyList<IReadOnlyList<Tensor>> Walk(OmniGen2Transformer model, List<SessionStep> steps)
    {
        model.RefineNoise([.. steps.SelectMany(p => p.NoisePasses)]);
        model.RefineReferences([.. steps.SelectMany(p => p.ReferencePasses)]);
        steps.ForEach(p => p.Foretell());
        model.RunLayers([.. steps.SelectMany(p => p.Start())]);
        return [.. steps.Select(p => p.Finish())];
    }

    internal SessionBranch Branch(string name) =>
        _branches.Find(b => b.Name == name) ?? throw new ArgumentException($"No branch '{name}' in this session.", nameof(name));

    private SessionBranch BeginBranch(GuidanceBranch branch, CacheOptions? cache)
    {
        var context = Model.EncodeText(branch.Text);
        var grids = branch.SeesReferences ? References.Select(r => r.Grid) : [];
        var rotary = Model.JointRotary(context, grids, Grid);
        return new SessionBranch(branch, context, rotary, BranchCache.For(cache, context.device));
    }
}

using OmniGen2.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>
/// The steps of one session in a form that can be recorded: what differs between two steps, the latents and the row of the schedule, is written into
/// tensors that stay where they are. Each set of branches is a recording of its own.
/// </summary>
internal sealed class SessionGraphs : IDisposable
{
    private readonly VelocitySession _session;
    private readonly Modulation _schedule;
    private readonly GraphPolicy _policy;
    private readonly Dictionary<string, RecordedStep> _steps = [];
    private readonly Tensor _rows;   // [T, 1, all factors]
    private readonly Tensor _row;    // [1]
    private Tensor? _latents;        // [1, C, h, w]

    public SessionGraphs(VelocitySession session, Modulation schedule, GraphPolicy policy)
    {
        (_session, _schedule, _policy) = (session, schedule, policy);
        _rows = schedule.Joined();
        _row = torch.zeros([1], dtype: ScalarType.Int64, device: session.Model.Device);
    }

    /// <summary>Takes the tensors out of all scopes: they live until <see cref="Dispose"/>.</summary>
    public void Detach()
    {
        _rows.DetachFromDisposeScope();
        _row.DetachFromDisposeScope();
    }

    /// <summary>As those of a step that is not recorded, bit by bit; they belong to the scope around the current one.</summary>
    public IReadOnlyList<Tensor> Velocities(VelocityStep asked)
    {
        var model = _session.Model;
        _latents ??= torch.zeros(asked.Latents.shape, dtype: model.DType, device: model.Device).DetachFromDisposeScope();
        _latents.copy_(asked.Latents);
        _row.fill_(asked.Step);
        var name = string.Join(' ', asked.Branches);
        if (!_steps.TryGetValue(name, out var step))
        {
            string[] branches = [.. asked.Branches];
            _steps[name] = step = new RecordedStep(_policy, () => Walk(branches));
        }

        var velocities = step.Run(goesOn: asked.Step < _session.Steps - 1);
        _session.Passes = asked.Branches.Count;
        return [.. velocities.Select(v => v.MoveToOuterDisposeScope())];
    }

    public void Dispose()
    {
        foreach (var step in _steps.Values)
        {
            step.Dispose();
        }

        _rows.Dispose();
        _row.Dispose();
        _latents?.Dispose();
    }

    // Reads nothing that changes but the tensors' contents.
    private IReadOnlyList<Tensor> Walk(string[] branches)
    {
        using var scope = torch.NewDisposeScope();
        var modulation = _schedule.Of(_rows.index_select(0, _row));
        var step = new SessionStep(new VelocityStep(_session, 0, _latents!, branches), modulation);
        return VelocitySession.Walk(_session.Model, [step])[0];
    }
}

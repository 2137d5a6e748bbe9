using static TorchSharp.torch;

namespace OmniGen2.Training.Optimizers;

/// <summary>Moves parameters along their gradients. What it remembers of the past is a set of named tensors, so that a run can be saved and go on bit by bit.</summary>
public abstract class Optimizer(IReadOnlyList<ParameterGroup> groups) : IDisposable
{
    private readonly Dictionary<string, Tensor> _state = [];

    public IReadOnlyList<ParameterGroup> Groups { get; } = groups;

    /// <summary>Tensors named `parameter.role`; they stay the optimiser's and change with every step.</summary>
    public IReadOnlyDictionary<string, Tensor> State => _state;

    /// <summary>One step. A parameter without a gradient, a part that the batch did not use, neither moves nor decays.</summary>
    /// <param name="rate">What the schedule makes of the groups' learning rates.</param>
    public void Step(double rate = 1)
    {
        using var noGrad = no_grad();
        foreach (var group in Groups)
        {
            using var scope = NewDisposeScope();
            var moved = new List<MovedParameter>();
            foreach (var (name, parameter) in group.Parameters)
            {
                if (parameter.grad is { } gradient)
                {
                    moved.Add(new MovedParameter(name, parameter, gradient));
                }
            }

            Update(group, moved, group.LearningRate * rate);
        }
    }

    public void ZeroGradients()
    {
        foreach (var parameter in Groups.SelectMany(g => g.Parameters.Values))
        {
            parameter.grad = null;
        }
    }

    /// <summary>Takes over a saved <see cref="State"/>; it is copied.</summary>
    public void Restore(IReadOnlyDictionary<string, Tensor> state)
    {
        Clear();
        var parameters = Groups.SelectMany(g => g.Parameters).ToDictionary(p => p.Key, p => p.Value);
        foreach (var (name, saved) in state)
        {
            var owner = name[..Math.Max(0, name.LastIndexOf('.'))];
            if (!parameters.TryGetValue(owner, out var parameter) || (saved.dim() > 0 && !saved.shape.AsSpan().SequenceEqual(parameter.shape)))
            {
                throw new ModelException($"The saved state has '{name}' [{string.Join(", ", saved.shape)}] for {GetType().Name}, which has no parameter of this name and shape: the state belongs to another architecture. Take its config, or train on from its weights alone.");
            }

            using var scope = NewDisposeScope();
            _state[name] = saved.clone().to(saved.dim() > 0 ? parameter.device : CPU).DetachFromDisposeScope();
        }
    }

    public void Dispose()
    {
        Clear();
        GC.SuppressFinalize(this);
    }

    protected abstract void Update(ParameterGroup group, IReadOnlyList<MovedParameter> moved, double learningRate);

    /// <summary>The remembered tensor of this name, made on first use.</summary>
    protected Tensor Remember(string name, Func<Tensor> make)
    {
        if (!_state.TryGetValue(name, out var tensor))
        {
            _state[name] = tensor = make().DetachFromDisposeScope();
        }

        return tensor;
    }

    private void Clear()
    {
        foreach (var tensor in _state.Values)
        {
            tensor.Dispose();
        }

        _state.Clear();
    }

    /// <summary>A parameter and the gradient to move it along.</summary>
    protected sealed record MovedParameter(string Name, Tensor Parameter, Tensor Gradient);
}

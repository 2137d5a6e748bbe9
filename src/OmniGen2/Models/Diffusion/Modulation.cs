using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Models.Diffusion;

/// <summary>
/// All that the network computes from the timestep alone: the factors of every block and of the output. One row a timestep, so
/// that a whole schedule is one product per block, and its weights (a tenth of the model) need not be touched again.
/// </summary>
internal sealed class Modulation : IDisposable
{
    public required IReadOnlyList<BlockModulation> NoiseRefiner { get; init; }

    public required IReadOnlyList<BlockModulation> ReferenceRefiner { get; init; }

    public required IReadOnlyList<BlockModulation> Layers { get; init; }

    /// <summary>1 + scale of the final norm, [B, 1, D].</summary>
    public required Tensor Output { get; init; }

    private IEnumerable<Tensor> Tensors =>
        NoiseRefiner.Concat(ReferenceRefiner).Concat(Layers).SelectMany(b => b.Tensors).Append(Output);

    public void Dispose()
    {
        foreach (var tensor in Tensors)
        {
            tensor.Dispose();
        }
    }

    /// <summary>The factors of one timestep of a schedule; views that belong to the current scope.</summary>
    public Modulation At(int row) => Map(t => t.narrow(0, row, 1));

    /// <summary>All factors side by side, a row a timestep, [T, 1, sum of the widths].</summary>
    public Tensor Joined() => torch.cat([.. Tensors], -1);

    /// <summary>The factors of one row of <see cref="Joined"/>; views of it, in the current scope.</summary>
    public Modulation Of(Tensor row)
    {
        var start = 0L;
        return Map(t =>
        {
            var width = t.shape[^1];
            start += width;
            return row.narrow(-1, start - width, width);
        });
    }

    /// <summary>Gives the tensors to the scope around the current one.</summary>
    public Modulation MoveToOuterDisposeScope()
    {
        foreach (var tensor in Tensors)
        {
            tensor.MoveToOuterDisposeScope();
        }

        return this;
    }

    /// <summary>Takes the tensors out of all scopes: they live until <see cref="Dispose"/>.</summary>
    public void Detach()
    {
        foreach (var tensor in Tensors)
        {
            tensor.DetachFromDisposeScope();
        }
    }

    // In the order of Tensors.
    private Modulation Map(Func<Tensor, Tensor> change) => new()
    {
        NoiseRefiner = [.. NoiseRefiner.Select(b => b.Map(change))],
        ReferenceRefiner = [.. ReferenceRefiner.Select(b => b.Map(change))],
        Layers = [.. Layers.Select(b => b.Map(change))],
        Output = change(Output),
    };
}

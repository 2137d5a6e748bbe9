using OmniGen2.Models.Diffusion;
using OmniGen2.Training.Flow;
using static TorchSharp.torch;

namespace OmniGen2.Training.Diffusion;

/// <summary>The transformer and what it learns: batches of drawn scenes, and losses on scenes that it never sees.</summary>
/// <param name="model">What learns.</param>
/// <param name="parameters">Its own.</param>
/// <param name="batches">What it learns from.</param>
/// <param name="lossCap">Most that a sample counts.</param>
/// <param name="validate">What it can do.</param>
internal sealed class DiffusionTask(
    OmniGen2Transformer model, IReadOnlyDictionary<string, Tensor> parameters, BatchMaker batches, double lossCap, Func<IReadOnlyDictionary<string, double>> validate)
    : ITrainingTask<DiffusionBatch>
{
    public IReadOnlyDictionary<string, Tensor> Parameters { get; } = parameters;

    public DiffusionBatch Load(long index) => batches.Load(index);

    public Tensor Loss(DiffusionBatch batch)
    {
        using var scope = NewDisposeScope();
        return FlowMatching.Cap(Loss(model, batch), lossCap).MoveToOuterDisposeScope();
    }

    public IReadOnlyDictionary<string, double> Validate() => validate();

    /// <summary>The loss of every sample, [B].</summary>
    public static Tensor Loss(OmniGen2Transformer model, DiffusionBatch batch)
    {
        using var scope = NewDisposeScope();
        var (x, count) = (batch.Point.X, batch.Point.X.shape[0]);
        var text = batch.Text.expand(count, -1, -1);
        var velocity = model.Forward(x, batch.Point.T, text, batch.References);
        return FlowMatching.Loss(velocity, batch.Point.Velocity.to(model.Device), batch.Weights?.to(model.Device)).MoveToOuterDisposeScope();
    }
}

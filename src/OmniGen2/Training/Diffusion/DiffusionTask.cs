using OmniGen2.Models.Diffusion;
using OmniGen2.Training.Flow;
using static TorchSharp.torch;

namespace OmniGen2.Training.Diffusion;

/// <summary>The transformer and what it learns: batches of drawn scenes, and losses on scenes that it never sees.</summary>
/// <param name="model">What learns.</param>
/// <param name="parameters">Its own.</param>
/// <param name="batches">What it learns from.</param>
/// <param name="heads">What else it learns; null for nothing.</param>
/// <param name="config">How much things count.</param>
/// <param name="validate">What it can do.</param>
internal sealed class DiffusionTask(
    OmniGen2Transformer model, IReadOnlyDictionary<string, Tensor> parameters, BatchMaker batches, SceneHeads? heads, DiffusionConfig config,
    Func<IReadOnlyDictionary<string, double>> validate)
    : ITrainingTask<DiffusionBatch>
{
    public IReadOnlyDictionary<string, Tensor> Parameters { get; } = parameters;

    public DiffusionBatch Load(long index) => batches.Load(index);

    public Tensor Loss(DiffusionBatch batch)
    {
        using var scope = NewDisposeScope();
        if (heads is null || batch.Labels is null)
        {
            return FlowMatching.Cap(Loss(model, batch), config.LossCap).MoveToOuterDisposeScope();
        }

        var (velocity, scenes) = heads.Forward(model, batch, batch.Labels);
        return (FlowMatching.Cap(Loss(velocity, batch), config.LossCap) + (scenes * config.SceneWeight)).MoveToOuterDisposeScope();
    }

    public IReadOnlyDictionary<string, double> Validate() => validate();

    /// <summary>The loss of every sample, [B].</summary>
    public static Tensor Loss(OmniGen2Transformer model, DiffusionBatch batch)
    {
        using var scope = NewDisposeScope();
        var (x, count) = (batch.Point.X, batch.Point.X.shape[0]);
        var text = batch.Text.expand(count, -1, -1);
        return Loss(model.Forward(x, batch.Point.T, text, batch.References), batch).MoveToOuterDisposeScope();
    }

    private static Tensor Loss(Tensor velocity, DiffusionBatch batch) =>
        FlowMatching.Loss(velocity, batch.Point.Velocity.to(velocity.device), batch.Weights?.to(velocity.device));
}

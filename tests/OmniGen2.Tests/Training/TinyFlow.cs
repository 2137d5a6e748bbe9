using OmniGen2.Models.Diffusion;
using OmniGen2.Training;
using OmniGen2.Training.Flow;
using OmniGen2.Training.Optimizers;
using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Tests.Training;

/// <summary>A small transformer that learns latents drawn by chance.</summary>
internal sealed class TinyFlow(int batchSize, bool sameBatch = false, int hidden = 24) : ITrainingTask<TinyFlow.Batch>, IDisposable
{
    private readonly FreshSource _source = new(seed: 11);

    private OmniGen2Transformer? _model;

    /// <summary>A sample whose latent is not a number.</summary>
    public long? Poisoned { get; init; }

    public IReadOnlyDictionary<string, Tensor> Parameters
    {
        get
        {
            _ = Model;
            return _source.Parameters;
        }
    }

    private OmniGen2Transformer Model => _model ??= new OmniGen2Transformer(
        new TransformerConfig
        {
            HiddenSize = hidden,
            NumLayers = 2,
            NumRefinerLayers = 1,
            NumAttentionHeads = 2,
            NumKvHeads = 1,
            AxesDimRope = [hidden / 6, hidden / 6, hidden / 6],
            TextFeatDim = 8,
            TimestepScale = 1000,
            InChannels = 4,
            MultipleOf = 8,
        },
        _source.Root);

    public Batch Load(long index)
    {
        var first = sameBatch ? 0 : index * batchSize;
        using var generator = new Generator((ulong)first + 1000, CPU);
        using var scope = torch.NewDisposeScope();
        var image = torch.randn([batchSize, 4, 4, 4], dtype: ScalarType.Float32, generator: generator);
        var text = torch.randn([batchSize, 3, 8], dtype: ScalarType.Float32, generator: generator);
        var reference = torch.randn([batchSize, 4, 2, 2], dtype: ScalarType.Float32, generator: generator);
        var point = FlowMatching.Start(image, TimeSampling.Mini.Draw(batchSize, 4, generator), generator);
        if (Poisoned is { } sample && sample >= first && sample < first + batchSize)
        {
            point.Velocity[sample - first].fill_(float.NaN);
        }

        Tensor[] tensors = [point.X, point.T, point.Velocity, text, reference];
        return new Batch([.. Enumerable.Range(0, batchSize).Select(i => first + i)], [.. tensors.Select(t => t.DetachFromDisposeScope())]);
    }

    public Tensor Loss(Batch batch) =>
        FlowMatching.Loss(Model.Forward(batch.Tensors[0], batch.Tensors[1], batch.Tensors[3], [batch.Tensors[4]]), batch.Tensors[2]);

    public IReadOnlyDictionary<string, double> Validate()
    {
        using var scope = torch.NewDisposeScope();
        using var batch = Load(10_000);
        return new Dictionary<string, double> { ["loss"] = Loss(batch).mean().item<float>() };
    }

    /// <summary>Muon for the matrices of blocks, AdamW for the rest.</summary>
    public IReadOnlyList<Optimizer> Optimizers(double rate)
    {
        var isMatrix = (string name) => (name.Contains(".attn.to_") || name.Contains(".feed_forward.")) && name.EndsWith(".weight", StringComparison.Ordinal);
        return
        [
            new Muon([new ParameterGroup(Some(isMatrix), rate, 0.01)], precision: ScalarType.Float32),
            new AdamW([new ParameterGroup(Some(n => !isMatrix(n)), rate)]),
        ];

        Dictionary<string, Tensor> Some(Func<string, bool> which) => Parameters.Where(p => which(p.Key)).ToDictionary(p => p.Key, p => p.Value);
    }

    public void Dispose() => _source.Dispose();

    internal sealed record Batch(IReadOnlyList<long> Samples, IReadOnlyList<Tensor> Tensors) : ITrainingBatch
    {
        public void Dispose()
        {
            foreach (var tensor in Tensors)
            {
                tensor.Dispose();
            }
        }
    }
}

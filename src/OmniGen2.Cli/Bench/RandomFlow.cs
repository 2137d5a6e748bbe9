using OmniGen2.Models.Diffusion;
using OmniGen2.Models.Vae;
using OmniGen2.Training;
using OmniGen2.Training.Flow;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>A checkpoint's diffusion transformer, trained on latents and texts that are drawn by chance.</summary>
internal sealed class RandomFlow : ITrainingTask<RandomFlow.Batch>, IDisposable
{
    private readonly TrainingBenchSettings _settings;
    private readonly SafetensorsSource _source;
    private readonly OmniGen2Transformer _model;
    private readonly int _side;

    public RandomFlow(TrainingBenchSettings settings)
    {
        _settings = settings;
        _side = settings.Size / AutoencoderKL.Scale;
        var folder = Path.Combine(settings.Model, "transformer");
        var config = TransformerConfig.Load(CheckpointFolder.Config(folder));
        _source = SafetensorsSource.Open(folder, new SafetensorsOptions { Trainable = true });
        _model = _source.Build(weights => new OmniGen2Transformer(config, weights));
    }

    public IReadOnlyDictionary<string, Tensor> Parameters => _source.Parameters;

    /// <summary>Of the joint sequence.</summary>
    public int Tokens => _settings.TextTokens + ((1 + _settings.References) * PictureTokens);

    private int PictureTokens => _side / _model.Config.PatchSize * (_side / _model.Config.PatchSize);

    /// <summary>What goes to Muon: the matrices of the blocks, but not their modulation.</summary>
    public static bool IsHidden(string name) => name.Contains(".attn.to_", StringComparison.Ordinal) || name.Contains(".feed_forward.", StringComparison.Ordinal);

    public Batch Load(long index)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)index, CPU);
        var point = FlowMatching.Start(Picture(generator), TimeSampling.Mini.Draw(_settings.Batch, PictureTokens, generator), generator);
        var text = randn([_settings.Batch, _settings.TextTokens, _model.Config.TextFeatDim], generator: generator);
        var references = Enumerable.Range(0, _settings.References).Select(_ => Picture(generator)).ToList();
        Tensor[] all = [point.X, point.T, point.Velocity, text, .. references];
        return new Batch([.. Enumerable.Range(0, _settings.Batch).Select(i => (index * _settings.Batch) + i)], [.. all.Select(t => t.DetachFromDisposeScope())]);
    }

    public Tensor Loss(Batch batch)
    {
        using var scope = NewDisposeScope();
        var tensors = batch.Tensors;
        var velocity = _model.Forward(tensors[0], tensors[1], tensors[3], [.. tensors.Skip(4)]);
        return FlowMatching.Loss(velocity, tensors[2]).MoveToOuterDisposeScope();
    }

    public IReadOnlyDictionary<string, double> Validate() => new Dictionary<string, double>();

    public void Dispose() => _source.Dispose();

    private Tensor Picture(Generator generator) =>
        randn([_settings.Batch, _model.Config.InChannels, _side, _side], dtype: ScalarType.Float32, generator: generator);

    /// <param name="Samples">Their numbers.</param>
    /// <param name="Tensors">Latent, time, velocity, text, references.</param>
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

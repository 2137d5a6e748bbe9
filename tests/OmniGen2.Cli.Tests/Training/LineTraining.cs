using OmniGen2.Cli.Training;
using OmniGen2.Training;
using OmniGen2.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Tests.Training;

/// <summary>The smallest thing that can be trained: a straight line through points, by the product's own trainer.</summary>
internal sealed class LineTraining : ITrainingRun, ITrainingTask<LineTraining.Points>
{
    private readonly Dictionary<string, Tensor> _parameters;
    private readonly Trainer<Points> _trainer;
    private readonly LineConfig _config;

    private LineTraining(LineConfig config, string folder)
    {
        _config = config;
        _parameters = new() { ["slope"] = torch.zeros([config.Width]).requires_grad_() };
        _trainer = new Trainer<Points>(this, [new AdamW([new ParameterGroup(_parameters, 0.05)])], config.Training, folder);
    }

    public static TrainingKind Kind { get; } = new("line", "Trains a line.", (config, folder) => new LineTraining(StrictJson.Load<LineConfig>(config), folder));

    public TrainingSettings Settings => _config.Training;

    public long Step => _trainer.Step;

    public IReadOnlyDictionary<string, Tensor> Parameters => _parameters;

    public void Resume(string folder) => _trainer.Resume(folder);

    public IEnumerable<TrainingStep> Run(TrainingBudget? budget = null, CancellationToken cancellation = default) => _trainer.Run(budget, cancellation);

    public IReadOnlyList<ContactSheet> Sheets() => [new ContactSheet("lines", [new ContactRow([new RgbImage(64, 48)], $"step {Step}")])];

    public void Export(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "step.txt"), $"{Step}");
    }

    public Points Load(long index)
    {
        using var generator = new Generator((ulong)index, CPU);
        return new Points([index], torch.rand([1, _config.Width], dtype: ScalarType.Float32, generator: generator));
    }

    public Tensor Loss(Points batch)
    {
        var target = batch.Samples[0] == _config.Poisoned ? double.NaN : 3.0;
        return (batch.X * (_parameters["slope"] - target)).square().mean([1]);
    }

    public IReadOnlyDictionary<string, double> Validate()
    {
        using var scope = torch.NewDisposeScope();
        using var batch = Load(1_000_000);
        return new Dictionary<string, double> { ["loss"] = Loss(batch).mean().item<float>(), ["slope"] = _parameters["slope"].mean().item<float>() };
    }

    public void Dispose()
    {
        _trainer.Dispose();
        _parameters["slope"].Dispose();
    }

    internal sealed record Points(IReadOnlyList<long> Samples, Tensor X) : ITrainingBatch
    {
        public void Dispose() => X.Dispose();
    }

    private sealed record LineConfig
    {
        public int Width { get; init; } = 2;

        public long? Poisoned { get; init; }

        public required TrainingSettings Training { get; init; }
    }
}

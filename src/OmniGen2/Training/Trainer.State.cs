using OmniGen2.Training.Optimizers;
using OmniGen2.Weights;
using static TorchSharp.torch;

namespace OmniGen2.Training;

// What goes to disk and comes back.
public sealed partial class Trainer<TBatch>
{
    private const string ModelPrefix = "model.";
    private const string AveragePrefix = "average.";

    private bool _isResumed;

    /// <summary>Goes on from a saved state, bit by bit in fp32.</summary>
    public void Resume(string folder)
    {
        using var scope = NewDisposeScope();
        var state = TrainingStateFile.Load(folder);
        var path = Path.Combine(folder, state.Tensors);
        var file = SafetensorsFile.Open(path);
        var weights = TrainingStateFile.Tensors(file, ModelPrefix);
        ParameterCopy.Into(_task.Parameters, weights, path);

        // A run that kept no averages may go on with them, from where it stands.
        var averages = TrainingStateFile.Tensors(file, AveragePrefix);
        Average?.Restore(averages.Count > 0 ? averages : weights, state.AverageCount);
        for (var i = 0; i < _optimizers.Count; i++)
        {
            _optimizers[i].Restore(TrainingStateFile.Tensors(file, OptimizerPrefix(i)));
        }

        (Step, _samples, _earlierSeconds, _isResumed) = (state.Step, state.Samples, state.Seconds, true);
    }

    /// <summary>Begins anew from weights alone: first step, fresh optimiser, warm-up.</summary>
    public void StartFrom(string weights)
    {
        using var scope = NewDisposeScope();
        var values = TrainingStateFile.Tensors(SafetensorsFile.Open(weights), "");
        ParameterCopy.Into(_task.Parameters, values, weights);
        Average?.Restore(values, 0);
    }

    /// <summary>Writes the weights to use, as a checkpoint has them.</summary>
    public void Export(string path, ScalarType dtype) =>
        SafetensorsWriter.Save(path, [.. Weights.Select(w => new SafetensorsItem(w.Key, dtype, w.Value.shape, () => w.Value.detach().to(dtype)))]);

    private static string OptimizerPrefix(int index) => $"optimizer.{index}.";

    private void Save()
    {
        var tensors = new Dictionary<string, Tensor>();
        Add(ModelPrefix, _task.Parameters);
        Add(AveragePrefix, Average?.Averages ?? new Dictionary<string, Tensor>());
        for (var i = 0; i < _optimizers.Count; i++)
        {
            Add(OptimizerPrefix(i), _optimizers[i].State);
        }

        TrainingStateFile.Save(_folder, new TrainingState
        {
            Step = Step,
            Samples = _samples,
            Seconds = _earlierSeconds + Elapsed.TotalSeconds,
            AverageCount = Average?.Count ?? 0,
            Tensors = TrainingStateFile.TensorsName(Step),
        }, tensors);

        void Add(string prefix, IReadOnlyDictionary<string, Tensor> some)
        {
            foreach (var (name, tensor) in some)
            {
                tensors[prefix + name] = tensor;
            }
        }
    }
}

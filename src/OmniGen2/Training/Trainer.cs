using OmniGen2.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Training;

/// <summary>Takes steps until the plan, the budget or the caller ends it, and keeps a state on disk from which it goes on as if nothing had happened.</summary>
public sealed partial class Trainer<TBatch> : IDisposable
    where TBatch : ITrainingBatch
{
    private readonly ITrainingTask<TBatch> _task;
    private readonly IReadOnlyList<Optimizer> _optimizers;
    private readonly TrainingSettings _settings;
    private readonly string _folder;
    private readonly DeviceType _device;
    private readonly TimeProvider _time;
    private long _begin;
    private double _earlierSeconds;
    private long _samples;

    /// <param name="task">Stays the caller's.</param>
    /// <param name="optimizers">Of the task's parameters, in an order that is always the same; they become the trainer's.</param>
    /// <param name="settings">How long and how.</param>
    /// <param name="folder">For the state and the log; made if it is not there.</param>
    /// <param name="time">Null: the machine's clock.</param>
    public Trainer(ITrainingTask<TBatch> task, IReadOnlyList<Optimizer> optimizers, TrainingSettings settings, string folder, TimeProvider? time = null)
    {
        settings.Check("The training's settings");
        (_task, _optimizers, _settings, _folder, _time) = (task, optimizers, settings, folder, time ?? TimeProvider.System);
        _device = task.Parameters.Values.First().device.type;
        Average = settings.AverageDecay > 0 ? new MovingAverage(task.Parameters, settings.AverageDecay) : null;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Steps taken.</summary>
    public long Step { get; private set; }

    /// <summary>The averaged weights, if the settings want them.</summary>
    public MovingAverage? Average { get; }

    /// <summary>The weights to use: the averages where there are some.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => Average?.Averages ?? _task.Parameters;

    /// <summary>Trains, and yields after every step. Ending the loop from outside loses what came after the last saved state; the token does not.</summary>
    public IEnumerable<TrainingStep> Run(TrainingBudget? budget = null, CancellationToken cancellation = default)
    {
        using var held = RunLock.Take(_folder);
        if (!_isResumed)
        {
            TrainingStateFile.RefuseToReplace(_folder);
        }

        _begin = _time.GetTimestamp();
        using var log = TrainingLog.Open(_folder, Step);
        using var feed = new BatchFeed<TBatch>(_task.Load, Step * _settings.Accumulation, _settings.LoadAhead);
        Save();
        var saved = Elapsed;
        while (Step < _settings.Steps && !(Elapsed >= budget?.Time) && !cancellation.IsCancellationRequested)
        {
            var step = Advance(feed, budget);
            log.Write(step);
            if ((Elapsed - saved).TotalMinutes >= _settings.SaveMinutes)
            {
                Save();
                saved = Elapsed;
            }

            yield return step;
        }

        Save();
    }

    public void Dispose()
    {
        Average?.Dispose();
        foreach (var optimizer in _optimizers)
        {
            optimizer.Dispose();
        }
    }

    // Of this run, without those that it goes on from.
    private TimeSpan Elapsed => _time.GetElapsedTime(_begin);

    private TrainingStep Advance(BatchFeed<TBatch> feed, TrainingBudget? budget)
    {
        var losses = new List<double>();
        var seen = new List<long>();
        foreach (var optimizer in _optimizers)
        {
            optimizer.ZeroGradients();
        }

        for (var i = 0; i < _settings.Accumulation; i++)
        {
            using var batch = feed.Next();
            seen.AddRange(batch.Samples);
            losses.Add(Gather(batch));
        }

        var norm = GradientNorm.Clip(_task.Parameters.Values, _settings.Clip);
        if (!double.IsFinite(norm))
        {
            throw Stopped($"the gradient of samples {string.Join(", ", seen)} is {norm}");
        }

        var rate = _settings.Schedule.At(Step, _settings.Steps, budget?.CooldownLeft(Elapsed));
        foreach (var optimizer in _optimizers)
        {
            optimizer.Step(rate);
        }

        Average?.Update();
        Step++;
        _samples += seen.Count;
        return new TrainingStep
        {
            Step = Step,
            Samples = _samples,
            Loss = losses.Average(),
            Rate = rate,
            GradientNorm = norm,
            Validation = _settings.ValidateSteps > 0 && Step % _settings.ValidateSteps == 0 ? Validate() : null,
            Seconds = _earlierSeconds + Elapsed.TotalSeconds,
        };
    }

    /// <summary>Adds the gradients of a batch to those gathered, and returns its loss.</summary>
    private double Gather(TBatch batch)
    {
        using var scope = NewDisposeScope();
        var samples = Losses(batch);
        var values = samples.detach().to(ScalarType.Float64).cpu().data<double>().ToArray();
        var bad = Array.FindIndex(values, v => !double.IsFinite(v));
        if (bad >= 0)
        {
            throw Stopped($"the loss of sample {batch.Samples[bad]} is {values[bad]}");
        }

        (samples.mean() / _settings.Accumulation).backward();
        return values.Average();
    }

    private Tensor Losses(TBatch batch)
    {
        // The narrow copies of weights that autocast keeps go when it ends, so it ends before the weights move.
        using var autocast = Accelerator.Autocast(_settings.Precision == TrainingPrecision.Bf16 ? ScalarType.BFloat16 : null, _device);
        return _task.Loss(batch);
    }

    private IReadOnlyDictionary<string, double> Validate()
    {
        using var noGrad = no_grad();
        using var averaged = Average?.Apply();
        return _task.Validate();
    }

    private ModelException Stopped(string why) =>
        new($"In step {Step + 1} {why}: training stopped. The last good state, step {TrainingStateFile.Load(_folder).Step}, is kept in {_folder}: resume from it with a lower learning rate, or look at that sample.");
}

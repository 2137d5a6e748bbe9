using static TorchSharp.torch;

namespace OmniGen2.Schedulers;

/// <summary>The times of a run and the step between two of them. Time runs from 0, noise, to 1, the picture; the model's output is v = picture − noise.</summary>
public interface IScheduler : IDisposable
{
    /// <summary>t_0 … t_N, one more than there are steps; the last is 1.</summary>
    IReadOnlyList<double> Times { get; }

    /// <summary>N.</summary>
    int Count => Times.Count - 1;

    /// <summary>From x at t_index to x at t_index+1. Computed in fp32 at least, returned in v's type.</summary>
    /// <param name="index">0 … N − 1, in order.</param>
    /// <param name="x">Latents, any shape.</param>
    /// <param name="v">The model's output for them, same shape.</param>
    Tensor Step(int index, Tensor x, Tensor v);

    /// <summary>What the next step needs of the past steps, for <see cref="DenoiseState.History"/>.</summary>
    IReadOnlyDictionary<string, StateTensor> Save();

    /// <summary>Goes on after some steps have been done elsewhere.</summary>
    void Restore(IReadOnlyDictionary<string, StateTensor> history);
}

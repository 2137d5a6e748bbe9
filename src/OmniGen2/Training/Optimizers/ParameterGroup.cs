using static TorchSharp.torch;

namespace OmniGen2.Training.Optimizers;

/// <summary>Parameters by their full names, and how fast they move.</summary>
/// <param name="Parameters">Tensors that record gradients.</param>
/// <param name="LearningRate">At its height; the schedule scales it.</param>
/// <param name="WeightDecay">Share of a parameter that goes with every step, times the learning rate; apart from the gradient.</param>
public sealed record ParameterGroup(IReadOnlyDictionary<string, Tensor> Parameters, double LearningRate, double WeightDecay = 0);

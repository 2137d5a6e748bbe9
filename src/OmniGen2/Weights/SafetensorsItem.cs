using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>A tensor to be written, made only when its turn comes: so a file larger than memory is written piece by piece.</summary>
public sealed record SafetensorsItem(string Name, ScalarType DType, long[] Shape, Func<Tensor> Make);

using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>Tensors as plain bytes and back, for states that outlive the process.</summary>
public static class StateTensors
{
    public static StateTensor From(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var plain = tensor.detach().cpu().contiguous();
        return new StateTensor(SafetensorsTypes.Name(plain.dtype), plain.shape, plain.bytes.ToArray());
    }

    /// <summary>A tensor of its own, on the CPU.</summary>
    public static Tensor ToTensor(this StateTensor state)
    {
        if (SafetensorsTypes.Type(state.DType) is not { } type)
        {
            throw new ModelException($"The saved state has a tensor of the unknown type '{state.DType}'; start the picture again.");
        }

        var length = state.Shape.Aggregate((long)SafetensorsTypes.Size(type), (product, d) => product * d);
        if (state.Shape.Any(d => d < 0) || length != state.Bytes.Length)
        {
            throw new ModelException($"The saved state has {state.Bytes.Length} bytes for a tensor {state.DType} {Shapes.Text(state.Shape)}, which takes {length}; start the picture again.");
        }

        var tensor = empty(state.Shape, dtype: type);
        state.Bytes.CopyTo(tensor.bytes);
        return tensor;
    }
}

namespace TorchSharp;

/// <summary>Several tensors on their way to libtorch.</summary>
[System.Runtime.InteropServices.Marshalling.NativeMarshalling(typeof(TensorListMarshaller))]
internal readonly ref struct TensorList(ReadOnlySpan<torch.Tensor> tensors)
{
    public readonly ReadOnlySpan<torch.Tensor> Tensors = tensors;

    public static implicit operator TensorList(torch.Tensor[]? tensors) => new(tensors);

    public static implicit operator TensorList(ReadOnlySpan<torch.Tensor> tensors) => new(tensors);

    public static TensorList Of(IEnumerable<torch.Tensor>? tensors) => new(tensors as torch.Tensor[] ?? tensors?.ToArray());
}

using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

/// <summary>What stands between the brackets, on its way to libtorch.</summary>
[NativeMarshalling(typeof(IndicesMarshaller))]
internal readonly ref struct Indices(ReadOnlySpan<torch.TensorIndex> all)
{
    public readonly ReadOnlySpan<torch.TensorIndex> All = all;

    public static implicit operator Indices(torch.TensorIndex[] all) => new(all);
}

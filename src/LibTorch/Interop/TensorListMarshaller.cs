using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

/// <summary>Lays the handles of a <see cref="TensorList"/> side by side and keeps the tensors alive during the call.</summary>
[CustomMarshaller(typeof(TensorList), MarshalMode.ManagedToUnmanagedIn, typeof(TensorListMarshaller))]
internal unsafe ref struct TensorListMarshaller
{
    public static int BufferSize => 16;

    private ReadOnlySpan<torch.Tensor> _tensors;
    private nint* _data;
    private nint* _owned;

    public void FromManaged(TensorList list, Span<nint> buffer)
    {
        _tensors = list.Tensors;
        if (_tensors.Length > buffer.Length)
        {
            _owned = (nint*)NativeMemory.Alloc((nuint)_tensors.Length, (nuint)sizeof(nint));
            buffer = new Span<nint>(_owned, _tensors.Length);
        }

        for (var i = 0; i < _tensors.Length; i++)
        {
            buffer[i] = _tensors[i].Handle;
        }

        _data = (nint*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer));
    }

    public readonly NativeRun ToUnmanaged() => new((nint)_data, _tensors.Length);

    public readonly void OnInvoked()
    {
        foreach (var tensor in _tensors)
        {
            GC.KeepAlive(tensor);
        }
    }

    public readonly void Free() => NativeMemory.Free(_owned);
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

/// <summary>Lays the parts of an <see cref="Indices"/> side by side and keeps index tensors alive during the call.</summary>
[CustomMarshaller(typeof(Indices), MarshalMode.ManagedToUnmanagedIn, typeof(IndicesMarshaller))]
internal unsafe ref struct IndicesMarshaller
{
    public static int BufferSize => 8;

    private ReadOnlySpan<torch.TensorIndex> _all;
    private NativeIndex* _data;
    private NativeIndex* _owned;

    public void FromManaged(Indices indices, Span<NativeIndex> buffer)
    {
        _all = indices.All;
        if (_all.Length > buffer.Length)
        {
            _owned = (NativeIndex*)NativeMemory.Alloc((nuint)_all.Length, (nuint)sizeof(NativeIndex));
            buffer = new Span<NativeIndex>(_owned, _all.Length);
        }

        for (var i = 0; i < _all.Length; i++)
        {
            buffer[i] = _all[i].ToNative();
        }

        _data = (NativeIndex*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer));
    }

    public readonly NativeRun ToUnmanaged() => new((nint)_data, _all.Length);

    public readonly void OnInvoked()
    {
        foreach (var index in _all)
        {
            GC.KeepAlive(index.IndexTensor);
        }
    }

    public readonly void Free() => NativeMemory.Free(_owned);
}

using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

/// <summary>Copies the few numbers of a <see cref="Longs"/> to the stack: cheaper than pinning an array.</summary>
[CustomMarshaller(typeof(Longs), MarshalMode.ManagedToUnmanagedIn, typeof(LongsMarshaller))]
internal unsafe ref struct LongsMarshaller
{
    public static int BufferSize => 8;

    private long* _data;
    private long* _owned;
    private long _count;

    public void FromManaged(Longs longs, Span<long> buffer)
    {
        if (longs.IsNull)
        {
            return;
        }

        _count = longs.Values.Length;
        if (_count > buffer.Length)
        {
            _owned = (long*)NativeMemory.Alloc((nuint)_count, sizeof(long));
            buffer = new Span<long>(_owned, (int)_count);
        }

        longs.Values.CopyTo(buffer);
        // The buffer is on the stack or in native memory: neither moves.
        _data = (long*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer));
    }

    public readonly NativeRun ToUnmanaged() => new((nint)_data, _count);

    public readonly void Free() => NativeMemory.Free(_owned);
}

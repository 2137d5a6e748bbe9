using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor in the machine's memory, in the order of its dimensions, whatever its strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly long[] _shape;
    private readonly long[] _strides;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (!tensor.is_cpu())
        {
            throw new InvalidOperationException($"The elements of {tensor} are not in the machine's own memory: call cpu() first.");
        }

        if (tensor.dtype != torch.TypeOf<T>())
        {
            throw new ArgumentException($"{typeof(T).Name} is not the type of {tensor}'s elements: convert it with to(torch.{torch.TypeOf<T>()}).");
        }

        _tensor = tensor;
        _shape = tensor.shape;
        _strides = tensor.stride();
    }

    public long Count => _tensor.numel();

    public T this[params long[] indices]
    {
        get => ((T*)_tensor.Pointer())[Offset(indices)];
        set => ((T*)_tensor.Pointer())[Offset(indices)] = value;
    }

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    public void CopyTo(Span<T> array)
    {
        using var dense = _tensor.is_contiguous() ? null : _tensor.contiguous();
        var source = dense ?? _tensor;
        new ReadOnlySpan<T>(source.Pointer(), checked((int)Count)).CopyTo(array);
        GC.KeepAlive(source);
    }

    public void CopyFrom(ReadOnlySpan<T> array)
    {
        if (array.Length != Count)
        {
            throw new ArgumentException($"{array.Length} values do not fill {_tensor} with its {Count} elements.");
        }

        if (!_tensor.is_contiguous())
        {
            throw new InvalidOperationException($"{_tensor} is not contiguous, so values cannot be laid into it one after another: use copy_.");
        }

        array.CopyTo(new Span<T>(_tensor.Pointer(), array.Length));
        GC.KeepAlive(_tensor);
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        // The memory is the tensor's; nothing is held here.
    }

    // One index for a tensor of several dimensions counts through all of them.
    private long Offset(long[] indices)
    {
        if (indices.Length == 1 && _shape.Length != 1)
        {
            indices = Unravel(indices[0]);
        }

        if (indices.Length != _shape.Length)
        {
            throw new ArgumentException($"{indices.Length} indices for {_tensor}.");
        }

        var offset = 0L;
        for (var d = 0; d < indices.Length; d++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)indices[d], (ulong)_shape[d]);
            offset += indices[d] * _strides[d];
        }

        return offset;
    }

    private long[] Unravel(long index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)Count);
        var indices = new long[_shape.Length];
        for (var d = _shape.Length - 1; d >= 0; d--)
        {
            (index, indices[d]) = Math.DivRem(index, _shape[d]);
        }

        return indices;
    }
}

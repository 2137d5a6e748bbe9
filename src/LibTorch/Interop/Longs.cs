namespace TorchSharp;

/// <summary>A run of dimensions or sizes on its way to libtorch; null is "not given".</summary>
[System.Runtime.InteropServices.Marshalling.NativeMarshalling(typeof(LongsMarshaller))]
internal readonly ref struct Longs(ReadOnlySpan<long> values, bool isNull = false)
{
    public readonly ReadOnlySpan<long> Values = values;

    public readonly bool IsNull = isNull;

    public static implicit operator Longs(long[]? values) => new(values, values is null);

    public static implicit operator Longs(ReadOnlySpan<long> values) => new(values);
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OmniGen2.Tests;

/// <summary>Reads the recorded safetensors files into plain arrays, independent of the product's own reader.</summary>
internal sealed class GoldenTensors
{
    private readonly byte[] _file;
    private readonly Dictionary<string, Entry> _entries = [];

    private GoldenTensors(byte[] file)
    {
        _file = file;
        var headerLength = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        using var header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        foreach (var property in header.RootElement.EnumerateObject().Where(p => p.Name != "__metadata__"))
        {
            var offsets = property.Value.GetProperty("data_offsets");
            var start = 8 + headerLength + offsets[0].GetInt32();
            _entries[property.Name] = new Entry(
                property.Value.GetProperty("dtype").GetString()!,
                [.. property.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())],
                start,
                offsets[1].GetInt32() - offsets[0].GetInt32());
        }
    }

    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Opens a file below Golden, or anywhere when the path is absolute.</summary>
    public static GoldenTensors Open(string path) => new(File.ReadAllBytes(GoldenFile.Path(path)));

    public bool Has(string name) => _entries.ContainsKey(name);

    public long[] Shape(string name) => Find(name).Shape;

    /// <summary>Safetensors name: F32, BF16, I64, U8, …</summary>
    public string DType(string name) => Find(name).DType;

    /// <summary>Little-endian bytes as stored.</summary>
    public byte[] Bytes(string name) => Raw(Find(name)).ToArray();

    /// <summary>F32 as stored; BF16, F16 and F64 converted.</summary>
    public float[] Floats(string name)
    {
        var entry = Find(name);
        return entry.DType switch
        {
            "F32" => MemoryMarshal.Cast<byte, float>(Raw(entry)).ToArray(),
            "BF16" => [.. Cast<ushort>(entry).Select(v => BitConverter.UInt32BitsToSingle((uint)v << 16))],
            "F16" => [.. Cast<Half>(entry).Select(v => (float)v)],
            "F64" => [.. Cast<double>(entry).Select(v => (float)v)],
            _ => throw new InvalidDataException($"'{name}' is {entry.DType}, not a floating-point tensor."),
        };
    }

    /// <summary>I64 as stored; I32, U8 and BOOL widened.</summary>
    public long[] Longs(string name)
    {
        var entry = Find(name);
        return entry.DType switch
        {
            "I64" => Cast<long>(entry),
            "I32" => [.. Cast<int>(entry).Select(v => (long)v)],
            "U8" or "BOOL" => [.. Raw(entry).ToArray().Select(v => (long)v)],
            _ => throw new InvalidDataException($"'{name}' is {entry.DType}, not an integer tensor."),
        };
    }

    private T[] Cast<T>(Entry entry)
        where T : struct => MemoryMarshal.Cast<byte, T>(Raw(entry)).ToArray();

    private ReadOnlySpan<byte> Raw(Entry entry) => _file.AsSpan(entry.Start, entry.Length);

    private Entry Find(string name) => _entries.TryGetValue(name, out var entry)
        ? entry
        : throw new KeyNotFoundException($"No tensor '{name}'; there are: {string.Join(", ", _entries.Keys)}.");

    private sealed record Entry(string DType, long[] Shape, int Start, int Length);
}

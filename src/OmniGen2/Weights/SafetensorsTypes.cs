using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>The element types of the format: those that weights come in, and those of recorded data.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, int Size, ScalarType Type)[] Known =
    [
        ("F64", 8, ScalarType.Float64),
        ("F32", 4, ScalarType.Float32),
        ("F16", 2, ScalarType.Float16),
        ("BF16", 2, ScalarType.BFloat16),
        ("I64", 8, ScalarType.Int64),
        ("I32", 4, ScalarType.Int32),
        ("I16", 2, ScalarType.Int16),
        ("I8", 1, ScalarType.Int8),
        ("U8", 1, ScalarType.Byte),
        ("BOOL", 1, ScalarType.Bool),
    ];

    public static IEnumerable<string> Names => Known.Select(k => k.Name);

    /// <summary>Bytes of one element; null when the name is unknown.</summary>
    public static int? Size(string name) => Find(name)?.Size;

    public static ScalarType? Type(string name) => Find(name)?.Type;

    public static string Name(ScalarType type) => Of(type).Name;

    public static int Size(ScalarType type) => Of(type).Size;

    public static bool IsFloating(string name) => name is "F64" or "F32" or "F16" or "BF16";

    private static (string Name, int Size, ScalarType Type)? Find(string name) =>
        Known.Where(k => k.Name == name).Select(k => ((string, int, ScalarType)?)k).FirstOrDefault();

    private static (string Name, int Size, ScalarType Type) Of(ScalarType type) =>
        Known.Where(k => k.Type == type).Select(k => ((string Name, int Size, ScalarType Type)?)k).FirstOrDefault()
        ?? throw new WeightsException($"Tensors of type {type} have no place in a safetensors file; convert to one of {string.Join(", ", Names)}.");
}

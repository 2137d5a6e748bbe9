namespace OmniGen2.Weights;

/// <summary>The element types of the format: those that weights come in, and those of recorded data.</summary>
internal static class SafetensorsTypes
{
    private static readonly Dictionary<string, int> Sizes = new()
    {
        ["F64"] = 8,
        ["F32"] = 4,
        ["F16"] = 2,
        ["BF16"] = 2,
        ["I64"] = 8,
        ["I32"] = 4,
        ["I16"] = 2,
        ["I8"] = 1,
        ["U8"] = 1,
        ["BOOL"] = 1,
    };

    public static IEnumerable<string> Names => Sizes.Keys;

    /// <summary>Bytes of one element; null when the name is unknown.</summary>
    public static int? Size(string name) => Sizes.TryGetValue(name, out var size) ? size : null;
}

namespace OmniGen2.Weights;

/// <summary>Shapes in messages and listings.</summary>
internal static class Shapes
{
    public static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}

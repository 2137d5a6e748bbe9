namespace TorchSharp;

public static partial class torch
{
    /// <summary>How a quotient becomes whole.</summary>
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }
}

namespace TorchSharp.Modules;

/// <summary>The Gaussian error linear unit.</summary>
public static class GELU
{
    /// <summary>The exact function, or its usual approximation by tanh.</summary>
    public enum Approximate
    {
        none,
        tanh,
    }
}

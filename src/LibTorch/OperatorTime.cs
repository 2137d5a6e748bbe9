namespace TorchSharp;

/// <summary>What one operator took.</summary>
/// <param name="Name">libtorch's, or that of a fused one of this binding.</param>
/// <param name="Phase">What it was called for.</param>
/// <param name="Calls">How often.</param>
/// <param name="Seconds">Processor time in all, without the operators that it called in turn.</param>
public sealed record OperatorTime(string Name, OperatorPhase Phase, long Calls, double Seconds);

/// <summary>What an operator was called for.</summary>
public enum OperatorPhase
{
    /// <summary>With gradients recorded.</summary>
    Forward,

    /// <summary>To compute gradients.</summary>
    Backward,

    /// <summary>Without either: what an optimiser does.</summary>
    Plain,
}

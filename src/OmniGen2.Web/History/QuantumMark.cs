namespace OmniGen2.Web.History;

/// <summary>Which piece of work the process was at when it ended. A quantum is the number of steps done before it; the one after the last is decoding.</summary>
/// <param name="Job">Whose work.</param>
/// <param name="Quantum">Which piece of it.</param>
/// <param name="Lasted">How long it had been at it when it was last known to live.</param>
/// <param name="IsOwnFault">The process ended itself, by a fault of its own: nobody killed it.</param>
public sealed record QuantumMark(Guid Job, int Quantum, TimeSpan Lasted, bool IsOwnFault)
{
    /// <summary>Before the first quantum: the request and its pictures are read.</summary>
    public const int Starting = -1;
}

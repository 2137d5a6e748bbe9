using static System.FormattableString;

namespace OmniGen2.Evaluation.Parity;

/// <summary>One recorded value, and how close the computed one came to it.</summary>
/// <param name="Name">As in the recorded file.</param>
/// <param name="Error">Largest absolute difference; for ids and texts, how many differ.</param>
/// <param name="Cosine">Between the two; 1 for what is equal, not a number where there is none.</param>
/// <param name="Tolerance">Largest difference allowed; null where only the direction counts.</param>
/// <param name="Share">How much of what is allowed is used up: beyond 1 it fails.</param>
public sealed record ParityRecord(string Name, double Error, double Cosine, double? Tolerance, double Share)
{
    /// <summary>Smallest cosine allowed; null where only the difference counts.</summary>
    public double? LeastCosine { get; init; }

    /// <summary>What is wrong, when it is more than a difference.</summary>
    public string? Fault { get; init; }

    public bool IsOk => Fault is null && Share <= 1;

    /// <summary>For somebody who has to find out why it failed.</summary>
    public string Sentence => (Fault, Tolerance, LeastCosine) switch
    {
        ({ } fault, _, _) => $"{Name}: {fault}",
        (_, { } tolerance, null) => Invariant($"{Name} is off by {Error:g3}, allowed is {tolerance:g3}"),
        (_, _, { } least) => Invariant($"{Name} has the cosine {Cosine:f6}, allowed is {least:g6}, and is off by {Error:g3}, allowed is {Tolerance ?? double.PositiveInfinity:g3}"),
        _ => Invariant($"{Name} is off by {Error:g3}"),
    };

    internal static ParityRecord Failed(string name, double error, string fault) =>
        new(name, error, double.NaN, 0, double.PositiveInfinity) { Fault = fault };
}

namespace OmniGen2.Evaluation.Parity;

/// <summary>What the recorded set recommends for the language model's records, by their names.</summary>
internal static class QwenTolerance
{
    public static readonly Tolerance Pixels = Tolerance.Within(1e-6);

    public const double LeastHalfCosine = 0.999;

    /// <summary>Both have rounded, so both deviations count.</summary>
    public const double LeastCosineOfHalves = 1 - (2 * (1 - LeastHalfCosine));

    public const double HalfPart = 0.08;

    public static Tolerance Of(string record) => record switch
    {
        _ when record.Contains("rope_", StringComparison.Ordinal) => Tolerance.Within(1e-5),
        _ when record.StartsWith("vision.", StringComparison.Ordinal) => Tolerance.Within(2e-4),
        _ => Tolerance.Within(3e-4),
    };
}

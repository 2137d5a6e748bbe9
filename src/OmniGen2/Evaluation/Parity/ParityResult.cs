namespace OmniGen2.Evaluation.Parity;

/// <summary>What became of one case.</summary>
/// <param name="Records">Everything that was compared.</param>
public sealed record ParityResult(IReadOnlyList<ParityRecord> Records)
{
    /// <summary>The folder that the case needs and the set lacks; then nothing was compared.</summary>
    public string? AbsentFolder { get; init; }

    public bool IsAbsent => AbsentFolder is not null;

    public bool IsOk => Records.Count > 0 && Records.All(r => r.IsOk);

    public bool IsFailed => !IsOk && !IsAbsent;

    /// <summary>The record that comes closest to its tolerance, or is furthest beyond it.</summary>
    public ParityRecord? Closest => Records.MaxBy(r => r.Share);

    /// <summary>Of those that have one.</summary>
    public double LowestCosine => Records.Select(r => r.Cosine).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();

    /// <summary>Why it failed or was left out; empty for a case that is in order.</summary>
    public string Explanation
    {
        get
        {
            if (IsAbsent)
            {
                return $"needs {AbsentFolder}, which is absent";
            }

            var failed = Records.Where(r => !r.IsOk).OrderByDescending(r => r.Share).ToList();
            return (failed.Count, Records.Count) switch
            {
                (_, 0) => "nothing was compared: the file holds no record that this build knows",
                (0, _) => "",
                (1, _) => failed[0].Sentence,
                _ => $"{failed[0].Sentence}; and {failed.Count - 1} more of {Records.Count} records",
            };
        }
    }

    public static ParityResult Absent(string folder) => new([]) { AbsentFolder = folder };

    public static ParityResult Failed(string sentence) => new([ParityRecord.Failed("case", double.NaN, sentence)]);
}

using OmniGen2.Evaluation.Parity;

namespace OmniGen2.Cli.Verification;

/// <summary>One case that was run.</summary>
internal sealed record VerifyOutcome(string Name, ParityResult Result, TimeSpan Time)
{
    public string Word => Result.IsAbsent ? "absent" : Result.IsOk ? "ok" : "FAIL";
}

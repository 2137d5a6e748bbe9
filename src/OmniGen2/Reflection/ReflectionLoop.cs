namespace OmniGen2.Reflection;

/// <summary>What a round draws.</summary>
/// <param name="Number">1 is the first.</param>
/// <param name="Prompt">The request, its rewording, or the instruction of an edit.</param>
/// <param name="Seed">Of its noise.</param>
public sealed record RoundPlan(int Number, string Prompt, long Seed)
{
    /// <summary>The round whose verdict led here; null for the first.</summary>
    public int? After { get; init; }

    /// <summary>Whether it changes that round's picture instead of drawing what was asked for anew.</summary>
    public bool IsEdit { get; init; }
}

/// <summary>A round that was drawn and judged.</summary>
public sealed record Round(RoundPlan Plan, Verdict Verdict);

/// <summary>Why no further round follows.</summary>
public enum ReflectionEnd
{
    Passed,
    NoBetter,
    RoundsSpent,
    SecondsSpent,

    /// <summary>The judge gave no verdict, so nothing is known to make better.</summary>
    NoVerdict,
}

/// <summary>
/// A picture that checks itself: draw, judge, and from the verdict the next round, until one passes, nothing gets better or the budget is spent.
/// What comes next follows from the rounds alone, so that another process can go on where one ended.
/// </summary>
/// <param name="prompt">What was asked for.</param>
/// <param name="seed">Of the first round: without reflection, the same picture would come of it.</param>
/// <param name="judge">What follows from a verdict.</param>
/// <param name="budget">What it may take.</param>
public sealed class ReflectionLoop(string prompt, long seed, JudgeSettings judge, ReflectionBudget budget)
{
    // Far enough for the seeds of a batch, which follow each other.
    private const long SeedsApart = 1_000;

    /// <summary>The first of the highest score; a round without a score counts least. Null of nothing.</summary>
    public static Round? Best(IEnumerable<Round> rounds) => rounds.MaxBy(round => (Score(round), -round.Plan.Number));

    /// <summary>Null while a further round should follow.</summary>
    /// <param name="rounds">Those that are done, in order.</param>
    /// <param name="spent">Time that they took.</param>
    public ReflectionEnd? End(IReadOnlyList<Round> rounds, TimeSpan spent)
    {
        if (Best(rounds) is not { } best)
        {
            return null;
        }

        return rounds switch
        {
            _ when Score(best) >= judge.Pass => ReflectionEnd.Passed,
            [.., { Verdict.Score: null }] => ReflectionEnd.NoVerdict,
            _ when rounds.Count - best.Plan.Number >= judge.Patience => ReflectionEnd.NoBetter,
            _ when rounds.Count >= budget.Rounds => ReflectionEnd.RoundsSpent,
            _ when spent * (rounds.Count + 1) / rounds.Count > TimeSpan.FromSeconds(budget.Seconds) => ReflectionEnd.SecondsSpent,
            _ => null,
        };
    }

    /// <summary>Null when no further round follows.</summary>
    public RoundPlan? Next(IReadOnlyList<Round> rounds, TimeSpan spent) => End(rounds, spent) is null ? Plan(rounds) : null;

    /// <summary>The round after these, whether or not it should follow.</summary>
    public RoundPlan Plan(IReadOnlyList<Round> rounds)
    {
        var number = rounds.Count + 1;
        var ownSeed = (seed + (number - 1) * SeedsApart) & long.MaxValue;
        if (Best(rounds) is not { } best)
        {
            return new RoundPlan(number, prompt, ownSeed);
        }

        return best.Verdict.Repair is { } repair && Score(best) >= judge.EditFrom
            ? new RoundPlan(number, repair, ownSeed) { After = best.Plan.Number, IsEdit = true }
            : new RoundPlan(number, best.Verdict.Rewording ?? prompt, ownSeed) { After = best.Plan.Number };
    }

    private static double Score(Round round) => round.Verdict.Score ?? -1;
}

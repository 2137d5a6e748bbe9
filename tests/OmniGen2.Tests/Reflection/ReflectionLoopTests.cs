using OmniGen2.Reflection;

namespace OmniGen2.Tests.Reflection;

public sealed class ReflectionLoopTests
{
    private static readonly JudgeSettings Redrawing = new() { Pass = 20, EditFrom = 26, Patience = 1 };
    private static readonly JudgeSettings Editing = Redrawing with { EditFrom = 10 };

    [Fact]
    public void First_round_draws_what_was_asked_from_its_own_seed() =>
        Assert.Equal(new RoundPlan(1, "a star", 7), Loop(Redrawing).Next([], TimeSpan.Zero));

    [Fact]
    public void Picture_that_passes_ends_the_loop() => Assert.Equal(ReflectionEnd.Passed, End(Redrawing, 20));

    [Fact]
    public void Round_that_gets_no_better_ends_the_loop_and_the_earlier_one_wins()
    {
        Assert.Equal(ReflectionEnd.NoBetter, End(Redrawing, 12, 12));
        Assert.Equal(1, ReflectionLoop.Best(Rounds(12, 12))!.Plan.Number);
        Assert.Equal(ReflectionEnd.NoBetter, End(Redrawing, 12, 8));
    }

    [Fact]
    public void Patience_forgives_rounds_that_get_no_better()
    {
        var patient = Redrawing with { Patience = 2 };
        Assert.Null(End(patient, 12, 8));
        Assert.Equal(ReflectionEnd.NoBetter, End(patient, 12, 8, 11));
        Assert.Equal(ReflectionEnd.RoundsSpent, End(patient, 8, 12, 11));
    }

    [Fact]
    public void Rounds_of_the_budget_are_the_most_that_are_drawn() => Assert.Equal(ReflectionEnd.RoundsSpent, End(Redrawing, 10, 11, 12));

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public void Round_that_would_not_fit_into_the_seconds_is_not_begun(int spent, bool begun) =>
        Assert.Equal(begun, Loop(Redrawing).Next(Rounds(10), TimeSpan.FromSeconds(spent)) is not null);

    [Fact]
    public void Judge_without_a_verdict_ends_the_loop_and_what_was_judged_wins()
    {
        Round[] rounds = [.. Rounds(12), new Round(new RoundPlan(2, "a star", 1_007), Verdict.Without("The judge is silent."))];
        Assert.Equal(ReflectionEnd.NoVerdict, Loop(Redrawing).End(rounds, TimeSpan.Zero));
        Assert.Equal(1, ReflectionLoop.Best(rounds)!.Plan.Number);
    }

    [Fact]
    public void Redrawing_takes_another_seed_and_the_judges_rewording()
    {
        Assert.Equal(new RoundPlan(2, "a star", 1_007) { After = 1 }, Loop(Redrawing).Next(Rounds(12), TimeSpan.Zero));
        Round reworded = new(new RoundPlan(1, "a star", 7), new Verdict { Score = 12, Words = "No star.", Rewording = "one big star" });
        Assert.Equal("one big star", Loop(Redrawing).Plan([reworded]).Prompt);
    }

    [Fact]
    public void Editing_mends_the_best_picture_so_far_unless_it_is_too_bad()
    {
        Round[] rounds = [Mendable(1, 12), Mendable(2, 11)];
        Assert.Equal(new RoundPlan(3, "mend 1", 2_007) { After = 1, IsEdit = true }, Loop(Editing).Plan(rounds));
        Assert.False(Loop(Editing).Plan([Mendable(1, 9)]).IsEdit);
        Assert.False(Loop(Editing).Plan(Rounds(12)).IsEdit);
    }

    [Fact]
    public void Seed_at_the_end_of_the_range_stays_in_it() =>
        Assert.True(new ReflectionLoop("a star", long.MaxValue, Redrawing, new ReflectionBudget()).Plan(Rounds(12)).Seed >= 0);

    [Theory]
    [InlineData(0, 60, "0 rounds were asked for: ask for 1 to 8.")]
    [InlineData(9, 60, "9 rounds were asked for: ask for 1 to 8.")]
    [InlineData(3, 0, "0 seconds were given for the rounds: give 1 to 3600.")]
    public void Budget_that_cannot_be_is_refused(int rounds, int seconds, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<ModelException>(() => new ReflectionBudget { Rounds = rounds, Seconds = seconds }.Check()).Message);

    private static ReflectionLoop Loop(JudgeSettings judge) => new("a star", 7, judge, new ReflectionBudget { Rounds = 3, Seconds = 60 });

    private static ReflectionEnd? End(JudgeSettings judge, params double[] scores) => Loop(judge).End(Rounds(scores), TimeSpan.FromSeconds(1));

    private static Round[] Rounds(params double[] scores) =>
        [.. scores.Select((score, i) => new Round(new RoundPlan(i + 1, "a star", 7), new Verdict { Score = score, Words = "" }))];

    private static Round Mendable(int number, double score) =>
        new(new RoundPlan(number, "a star", 7), new Verdict { Score = score, Words = "", Repair = $"mend {number}" });
}

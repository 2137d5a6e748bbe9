using System.Text.Json;
using System.Text.Json.Nodes;
using OmniGen2.Evaluation.Shapes;
using OmniGen2.Reflection;
using static System.FormattableString;

namespace OmniGen2.Cli.Evaluation;

/// <summary>What reflection adds, as a table for people and as one JSON object for programs.</summary>
internal sealed class ReflectionReport(string model, ReflectionScore score, bool ofEdits, JudgeSettings settings, ReflectionBudget budget, long seed, int steps)
{
    private const int Digits = 4;

    // Beyond two standard errors the margin is hardly chance.
    private const double Certain = 2;

    public void WriteTable(TextWriter output)
    {
        output.WriteLine($"{model}, {score.Count} {(ofEdits ? "edits" : "prompts")}, seed {seed}, {steps} steps, {Policy()}");
        output.WriteLine(Invariant($"  right without reflection  {100 * score.Without,5:0.0} %   {score.MeanSecondsWithout:0.00} s each"));
        output.WriteLine(Invariant($"  right with reflection     {100 * score.With,5:0.0} %   {score.MeanSeconds:0.00} s each, {score.MeanRounds:0.00} rounds"));
        output.WriteLine(Invariant($"  margin                    {100 * score.Margin,5:+0.0;-0.0;0.0} points ± {100 * score.MarginError:0.0} ({score.Mended} mended, {score.Spoilt} spoilt): {Judgement()}"));
        output.WriteLine(Invariant($"  the judge passes          {100 * score.RightPassed,5:0.0} % of the right pictures and {100 * score.WrongPassed:0.0} % of the wrong ones"));
        output.WriteLine($"  ended                     {string.Join(", ", score.Ends.Select(end => $"{Words(end.End)} {end.Count}"))}");
        output.WriteLine($"  by {(ofEdits ? "kind   " : "objects")}                {string.Join(", ", score.ByKind.Select(kind => Invariant($"{kind.Kind}: {100 * kind.Without:0.0} → {100 * kind.With:0.0} %")))}");
    }

    /// <summary>Scores are shares from 0 to 1.</summary>
    public string ToJson() => new JsonObject
    {
        ["without"] = Rounded(score.Without),
        ["with"] = Rounded(score.With),
        ["margin"] = Rounded(score.Margin),
        ["margin_error"] = Rounded(score.MarginError),
        ["mended"] = score.Mended,
        ["spoilt"] = score.Spoilt,
        ["mean_rounds"] = Rounded(score.MeanRounds),
        ["seconds"] = Rounded(score.MeanSeconds),
        ["seconds_without"] = Rounded(score.MeanSecondsWithout),
        ["right_passed"] = Rounded(score.RightPassed),
        ["wrong_passed"] = Rounded(score.WrongPassed),
        ["ends"] = new JsonObject(score.Ends.Select(end => KeyValuePair.Create<string, JsonNode?>(JsonNamingPolicy.SnakeCaseLower.ConvertName($"{end.End}"), end.Count))),
        [ofEdits ? "by_kind" : "by_objects"] = new JsonObject(score.ByKind.Select(kind => KeyValuePair.Create<string, JsonNode?>(kind.Kind, new JsonArray(Rounded(kind.Without), Rounded(kind.With))))),
        ["rounds"] = budget.Rounds,
        ["form"] = JsonNamingPolicy.SnakeCaseLower.ConvertName($"{settings.Form}"),
        ["pass"] = settings.Pass,
        ["edit_from"] = settings.EditFrom,
        ["patience"] = settings.Patience,
        ["count"] = score.Count,
        ["seed"] = seed,
        ["steps"] = steps,
        ["model"] = model,
    }.ToJsonString();

    private string Policy() => Invariant(
        $"judged by {JsonNamingPolicy.SnakeCaseLower.ConvertName($"{settings.Form}")}, at most {budget.Rounds} rounds, passes from {settings.Pass:0.#} on, {(settings.EditFrom > Verdict.MaxScore ? "never edits" : Invariant($"edits from {settings.EditFrom:0.#} on"))}, patience {settings.Patience}");

    private string Judgement() => (score.Margin - Certain * score.MarginError, score.Margin + Certain * score.MarginError) switch
    {
        ( > 0, _) => "reflection helps",
        (_, < 0) => "reflection does harm",
        _ => "may be chance",
    };

    private static string Words(ReflectionEnd end) => end switch
    {
        ReflectionEnd.Passed => "passed",
        ReflectionEnd.NoBetter => "got no better",
        ReflectionEnd.RoundsSpent => "rounds spent",
        ReflectionEnd.SecondsSpent => "seconds spent",
        _ => "without a verdict",
    };

    private static double Rounded(double value) => Math.Round(value, Digits);
}

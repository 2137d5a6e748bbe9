using System.Text.Json.Nodes;
using OmniGen2.Cli.Shell;
using OmniGen2.Evaluation.Shapes;
using static System.FormattableString;

namespace OmniGen2.Cli.Evaluation;

/// <summary>Scores as a table for people and as one JSON object for programs.</summary>
internal sealed class ShapesReport(string model, int count, long seed, int steps, SchedulerKind scheduler)
{
    private const int Digits = 4;

    private static readonly string[] Columns = ["", "right", "background", "count", "objects", "PSNR", "seconds"];

    private readonly List<AbilityScore> _scores = [];

    public void Add(AbilityScore score) => _scores.Add(score);

    /// <summary>The word of the command line and of the sheets.</summary>
    public static string Name(ShapesAbility ability) => ability.ToString().ToLowerInvariant();

    public static string Title(ShapesAbility ability) => ability switch
    {
        ShapesAbility.Vae => "Autoencoder's ceiling",
        ShapesAbility.T2i => "Pictures",
        ShapesAbility.Chat => "Pictures in a chat",
        ShapesAbility.Edit => "Edits",
        ShapesAbility.Compose => "In-context",
        ShapesAbility.Vqa => "Questions",
        _ => "Judgements",
    };

    public void WriteTable(TextWriter output)
    {
        output.WriteLine($"{model}, {count} tasks each, seed {seed}, {steps} steps, {CommonOptions.NameOf(scheduler)}");
        WriteLine(output, Columns);
        foreach (var score in _scores)
        {
            WriteLine(output, [
                Title(score.Ability), Percent(score.Right), Percent(score.BackgroundRight), Percent(score.CountRight), Percent(score.ObjectsFound),
                score.MeanPsnr is { } psnr ? Invariant($"{psnr:0.0} dB") : "", score.Seconds is { } seconds ? Invariant($"{seconds:0.00}") : ""]);
            output.WriteLine($"    {string.Join(", ", Kinds(score).Select(kind => $"{kind.Kind} {Percent(kind.Right)}"))}");
            if (score.FaultNamed is { } named)
            {
                output.WriteLine($"    fault named {Percent(named)}");
            }
        }
    }

    /// <summary>Scores are shares from 0 to 1, null for what was not asked.</summary>
    public string ToJson() => new JsonObject
    {
        ["t2i"] = Rounded(Find(ShapesAbility.T2i)?.Right),
        ["edit"] = Rounded(Find(ShapesAbility.Edit)?.Right),
        ["edit_background_psnr"] = Rounded(Find(ShapesAbility.Edit)?.MeanPsnr),
        ["compose"] = Rounded(Find(ShapesAbility.Compose)?.Right),
        ["vqa"] = Find(ShapesAbility.Vqa) is { } answers ? ByKind(answers) : null,
        ["judge"] = Rounded(Find(ShapesAbility.Judge)?.Right),
        ["judge_fault_named"] = Rounded(Find(ShapesAbility.Judge)?.FaultNamed),
        ["t2i_chat"] = Rounded(Find(ShapesAbility.Chat)?.Right),
        ["vae_ceiling"] = Rounded(Find(ShapesAbility.Vae)?.Right),
        ["vae_psnr"] = Rounded(Find(ShapesAbility.Vae)?.MeanPsnr),
        ["seconds_per_picture"] = Rounded(AbilityScore.Median(_scores.Where(score => score.Ability != ShapesAbility.Vae).SelectMany(score => score.AllSeconds))),
        ["details"] = new JsonObject(_scores.Select(score => KeyValuePair.Create<string, JsonNode?>(Name(score.Ability), Details(score)))),
        ["count"] = count,
        ["seed"] = seed,
        ["steps"] = steps,
        ["scheduler"] = CommonOptions.NameOf(scheduler),
        ["model"] = model,
    }.ToJsonString();

    private AbilityScore? Find(ShapesAbility ability) => _scores.Find(score => score.Ability == ability);

    private static JsonObject Details(AbilityScore score) => new()
    {
        ["background"] = Rounded(score.BackgroundRight),
        ["count"] = Rounded(score.CountRight),
        ["objects"] = Rounded(score.ObjectsFound),
        ["seconds"] = Rounded(score.Seconds),
        ["by_kind"] = ByKind(score),
    };

    private static JsonObject ByKind(AbilityScore score)
    {
        var kinds = new JsonObject(score.ByKind.Select(kind => KeyValuePair.Create(kind.Kind, Rounded(kind.Right))));
        kinds["all"] = Rounded(score.Right);
        return kinds;
    }

    private static IEnumerable<(string Kind, double Right)> Kinds(AbilityScore score) => score.Ability is ShapesAbility.Vae or ShapesAbility.T2i or ShapesAbility.Chat
        ? score.ByKind.Select(kind => (kind.Kind == "1" ? "1 object" : $"{kind.Kind} objects", kind.Right))
        : score.ByKind.Select(kind => (kind.Kind.Replace('_', ' '), kind.Right));

    private static void WriteLine(TextWriter output, string[] cells) =>
        output.WriteLine($"  {cells[0],-24}{string.Concat(cells.Skip(1).Select(cell => cell.PadLeft(12)))}".TrimEnd());

    private static string Percent(double? share) => share is { } value ? Invariant($"{100 * value:0.0} %") : "";

    private static JsonNode? Rounded(double? value) => value is { } number ? Math.Round(number, Digits) : null;
}

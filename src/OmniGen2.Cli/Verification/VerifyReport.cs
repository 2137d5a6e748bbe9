using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniGen2.Evaluation.Parity;

namespace OmniGen2.Cli.Verification;

/// <summary>Cases as they come, a line each, or all of them as one JSON object. Both say at the end whether nothing failed.</summary>
internal sealed class VerifyReport(ParitySuite suite, bool withRecords)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public bool WriteText(IEnumerable<VerifyOutcome> outcomes, IReadOnlyCollection<ParityCase> cases, TextWriter output)
    {
        var width = cases.Max(c => c.Name.Length);
        var (ok, failed) = (0, 0);
        foreach (var outcome in outcomes)
        {
            ok += outcome.Result.IsOk ? 1 : 0;
            failed += outcome.Result.IsFailed ? 1 : 0;
            var (result, closest) = (outcome.Result, outcome.Result.Closest);
            var numbers = Numbers(closest?.Error ?? double.NaN, result.LowestCosine, closest?.Tolerance, closest?.LeastCosine);
            output.WriteLine($"{outcome.Name.PadRight(width)}  {numbers}  {outcome.Word}  {OneLine(result.Explanation)}".TrimEnd());
            foreach (var record in withRecords ? result.Records : [])
            {
                var name = $"  {record.Name}".PadRight(width);
                output.WriteLine($"{OneLine(name)}  {Numbers(record.Error, record.Cosine, record.Tolerance, record.LeastCosine)}  {(record.IsOk ? "ok" : "FAIL")}");
            }

            output.Flush();
        }

        foreach (var name in suite.Absent)
        {
            output.WriteLine($"{name.PadRight(width)}  absent");
        }

        foreach (var name in suite.Unused)
        {
            output.WriteLine($"{name.PadRight(width)}  unused");
        }

        output.WriteLine($"{ok} ok, {failed} failed");
        return failed == 0;
    }

    public bool WriteJson(IEnumerable<VerifyOutcome> outcomes, TextWriter output)
    {
        var all = outcomes.ToList();
        var failed = all.Count(o => o.Result.IsFailed);
        var json = new JsonObject
        {
            ["device"] = suite.Device.ToString(),
            ["libtorch"] = TorchSharp.torch.__version__,
            ["cases"] = new JsonArray([.. all.Select(ToJson)]),
            ["absent"] = new JsonArray([.. suite.Absent.Select(n => JsonValue.Create(n))]),
            ["unused"] = new JsonArray([.. suite.Unused.Select(n => JsonValue.Create(n))]),
            ["ok"] = all.Count(o => o.Result.IsOk),
            ["failed"] = failed,
        };
        output.WriteLine(json.ToJsonString(Json));
        return failed == 0;
    }

    private JsonObject ToJson(VerifyOutcome outcome)
    {
        var json = new JsonObject
        {
            ["name"] = outcome.Name,
            ["result"] = outcome.Word.ToLowerInvariant(),
            ["error"] = Number(outcome.Result.Closest?.Error),
            ["cosine"] = Number(outcome.Result.LowestCosine),
            ["tolerance"] = Number(outcome.Result.Closest?.Tolerance),
            ["least_cosine"] = Number(outcome.Result.Closest?.LeastCosine),
            ["records"] = outcome.Result.Records.Count,
            ["seconds"] = Math.Round(outcome.Time.TotalSeconds, 3),
            ["explanation"] = outcome.Result.Explanation,
        };
        if (withRecords)
        {
            json["values"] = new JsonArray([.. outcome.Result.Records.Select(ToJson)]);
        }

        return json;
    }

    private static JsonObject ToJson(ParityRecord record) => new()
    {
        ["name"] = record.Name,
        ["ok"] = record.IsOk,
        ["error"] = Number(record.Error),
        ["cosine"] = Number(record.Cosine),
        ["tolerance"] = Number(record.Tolerance),
        ["least_cosine"] = Number(record.LeastCosine),
        ["fault"] = record.Fault,
    };

    // JSON has no word for what is not a number, or is beyond all.
    private static JsonValue? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;

    private static string Numbers(double error, double cosine, double? tolerance, double? leastCosine)
    {
        var allowed = tolerance is null && leastCosine is not null ? $"cosine {Text(leastCosine, "g6")}" : Text(tolerance, "0.0e+00");
        return $"error {Text(error, "0.0e+00"),-7}  cosine {Text(cosine, "0.000000"),-8}  tolerance {allowed,-7}";
    }

    private static string Text(double? value, string format) => value switch
    {
        null => "-",
        0 => "0",
        { } number when double.IsNaN(number) => "-",
        { } number => number.ToString(format, CultureInfo.InvariantCulture),
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}

using System.Text.Json.Nodes;
using OmniGen2.Training;
using TorchSharp;
using static System.FormattableString;

namespace OmniGen2.Cli.Bench;

/// <summary>How fast training goes, and where a step's time is spent, as a table or as one line of JSON.</summary>
/// <param name="settings">What was trained.</param>
/// <param name="tokens">Of one sample.</param>
/// <param name="samples">Seconds of the steps.</param>
/// <param name="operators">Of one step that was watched; empty without one.</param>
internal sealed class TrainingReport(TrainingBenchSettings settings, int tokens, Samples samples, IReadOnlyList<OperatorTime> operators)
{
    private const int Lines = 30;

    private double Best => samples.Values[TrainingBench.Seconds].Min();

    private double Median => samples.Median(TrainingBench.Seconds);

    // Of all cores; on a busy machine it says more than the time that passed.
    private double Processor => samples.Values[Samples.CpuName(TrainingBench.Seconds)].Min();

    private string DType => settings.Precision == TrainingPrecision.Fp32 ? "fp32" : "bf16";

    public void Write(TextWriter output, bool asJson)
    {
        if (asJson)
        {
            output.WriteLine(ToJson().ToJsonString());
            return;
        }

        output.WriteLine(Invariant($"training, {DType}, {settings.Threads} thread(s), {settings.Batch} samples of {tokens} tokens, libtorch {torch.__version__}, {settings.Repeats} steps"));
        output.WriteLine(Invariant($"  step            {Median * 1000,7:0.0} ms median, {Best * 1000:0.0} best, {Processor * 1000:0.0} of processor time"));
        output.WriteLine(Invariant($"  samples         {settings.Batch / Median,7:0.0} /s median, {settings.Batch / Best:0.0} best, {settings.Batch / Processor:0.0} of processor time"));
        output.WriteLine(Invariant($"  peak memory     {samples.Largest("peak_rss_bytes") / 1e9,7:0.00} GB"));
        WriteOperators(output);
    }

    private void WriteOperators(TextWriter output)
    {
        if (operators.Count == 0)
        {
            return;
        }

        var all = operators.Sum(o => o.Seconds);
        output.WriteLine(Invariant($"  processor time of a step's own thread, {all * 1000:0.0} ms, by operator:"));
        foreach (var phase in operators.GroupBy(o => o.Phase).OrderBy(g => g.Key))
        {
            WriteLine(phase.Sum(o => o.Seconds), phase.Sum(o => o.Calls), $"{Word(phase.Key)}, all");
        }

        foreach (var o in operators.Take(Lines))
        {
            WriteLine(o.Seconds, o.Calls, $"{Word(o.Phase)}, {o.Name}");
        }

        void WriteLine(double seconds, long calls, string name) =>
            output.WriteLine(Invariant($"  {seconds * 1000,8:0.0} ms  {seconds / all * 100,5:0.0} %  {calls,6} x  {name}"));
    }

    private JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["dtype"] = DType,
            ["threads"] = settings.Threads,
            ["libtorch"] = torch.__version__,
            ["batch"] = settings.Batch,
            ["tokens"] = tokens,
            ["repeats"] = settings.Repeats,
            ["step_seconds"] = Median,
            ["step_best_seconds"] = Best,
            ["samples_per_second"] = settings.Batch / Median,
            ["samples_per_second_best"] = settings.Batch / Best,
            ["samples_per_processor_second"] = settings.Batch / Processor,
            ["peak_rss_bytes"] = samples.Largest("peak_rss_bytes"),
        };
        if (operators.Count > 0)
        {
            json["operators"] = new JsonArray([.. operators.Select(ToJson)]);
        }

        return json;
    }

    private static string Word(OperatorPhase phase) => phase switch
    {
        OperatorPhase.Forward => "forward",
        OperatorPhase.Backward => "backward",
        _ => "plain",
    };

    private static JsonObject ToJson(OperatorTime time) => new()
    {
        ["name"] = time.Name,
        ["phase"] = Word(time.Phase),
        ["calls"] = time.Calls,
        ["seconds"] = time.Seconds,
    };
}

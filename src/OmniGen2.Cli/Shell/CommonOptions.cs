using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace OmniGen2.Cli.Shell;

/// <summary>Options that several commands have, and numbers that are refused with a sentence.</summary>
internal static class CommonOptions
{
    public static Option<string> Model() => new("--model")
    {
        Description = "Folder of the checkpoint, in the layout of the published one.",
        HelpName = "D",
        Required = true,
    };

    public static Option<bool> Quiet() => new("--quiet") { Description = "No progress on stderr." };

    public static Option<bool> Json(string description) => new("--json") { Description = description };

    public static Option<ModelPrecision> Precision() => Choice(
        "--dtype",
        "Numbers to compute in. [default: fp32 for a small checkpoint on the CPU, bf16 otherwise]",
        ("bf16", ModelPrecision.BFloat16),
        ("fp32", ModelPrecision.Float32));

    public static Option<SchedulerKind?> Scheduler() => Choice<SchedulerKind?>(
        "--scheduler",
        "How steps are taken. [default: the checkpoint's own, euler where it has none]",
        (NameOf(SchedulerKind.Euler), SchedulerKind.Euler),
        (NameOf(SchedulerKind.DpmSolver), SchedulerKind.DpmSolver));

    /// <summary>The word of the command line.</summary>
    public static string NameOf(SchedulerKind scheduler) => scheduler == SchedulerKind.DpmSolver ? "dpmsolver++" : "euler";

    public static Option<Residency> Residency()
    {
        var option = Choice(
            "--residency",
            "Where the weights stay: all in memory, one part of the model at a time, or read from their files layer by layer; auto takes the first that fits into what is free. [default: auto]",
            ("auto", OmniGen2.Residency.Auto),
            ("all", OmniGen2.Residency.All),
            ("model", OmniGen2.Residency.Model),
            ("streamed", OmniGen2.Residency.Streamed));
        option.DefaultValueFactory = _ => OmniGen2.Residency.Auto;
        return option;
    }

    public static Option<BlockWeights> Weights(string when = "") => Choice(
        "--weights",
        $"How the layers of the blocks are kept{when}: full; in 8 bits (int8, on the CPU) or in fp8 (on GPUs that multiply it), which take half of bf16's memory and are faster, but not exact. [default: full]",
        [.. Enum.GetValues<BlockWeights>().Select(w => (NameOf(w), w))]);

    /// <summary>The word of the command line.</summary>
    public static string NameOf(BlockWeights weights) => weights switch
    {
        BlockWeights.Int8 => "int8",
        BlockWeights.Float8 => "fp8",
        _ => "full",
    };

    public static Option<GraphUse> Graphs() => Choice(
        "--graphs",
        "On a GPU, whether steps of small pictures and of answers are recorded and launched as a whole (CUDA graphs): auto, or off. [default: auto]",
        ("auto", GraphUse.Auto),
        ("off", GraphUse.Off));

    public static Option<int?> Whole(string name, string help, string description, int smallest, int largest = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result => Parse<int>(result, text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= smallest && value <= largest ? value : null,
            largest == int.MaxValue ? $"a whole number of at least {smallest}" : $"a whole number from {smallest} to {largest}"),
    };

    public static Option<long?> Long(string name, string help, string description) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result => Parse<long>(result, text =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null,
            $"a whole number from 0 to {long.MaxValue}"),
    };

    public static Option<double?> Number(string name, string help, string description, double largest = double.PositiveInfinity) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result => Parse<double>(
            result,
            text => ToDouble(text) is { } value && value <= largest ? value : null,
            $"a number {(double.IsFinite(largest) ? $"from 0 to {largest}" : "of 0 or more")}, with a point for decimals"),
    };

    /// <summary>A time above zero such as 90m, 1h30m or 45s.</summary>
    public static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => Parse<TimeSpan>(result, text => TimeText.Read(text) is { Ticks: > 0 } time ? time : null, TimeText.Expected),
    };

    /// <summary>A finite number of 0 or more; null when it is none.</summary>
    public static double? ToDouble(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>One of a few words, by what each means.</summary>
    public static Option<T> Choice<T>(string name, string description, params (string Word, T Meaning)[] words) => new(name)
    {
        Arity = ArgumentArity.ExactlyOne,
        Description = description,
        HelpName = string.Join('|', words.Select(w => w.Word)),
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            foreach (var (word, meaning) in words)
            {
                if (word == text)
                {
                    return meaning;
                }
            }

            result.AddError($"{name} '{text}' is unknown: use {string.Join(" or ", words.Select(w => w.Word))}.");
            return default;
        },
    };

    /// <summary>Adds the error to the result when the text is not what is expected.</summary>
    public static T? Parse<T>(ArgumentResult result, Func<string, T?> read, string expected)
        where T : struct
    {
        var text = result.Tokens[0].Value;
        var value = read(text);
        if (value is null)
        {
            var name = (result.Parent as OptionResult)?.Option.Name;
            result.AddError($"{name} is '{text}': use {expected}.");
        }

        return value;
    }
}

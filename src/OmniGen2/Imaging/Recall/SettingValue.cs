using System.Globalization;
using System.Text.Json;

namespace OmniGen2.Imaging.Recall;

/// <summary>Values out of a stranger's file, each kept within what a form can hold; what cannot be meant is null.</summary>
internal static class SettingValue
{
    private const int MaxSide = 16_384;

    private const int MaxSteps = 1_000;

    private const double MaxGuidance = 100;

    public static string? Text(string? text) =>
        text is null ? null : text.Length <= RecalledSettings.MaxPromptLength ? text.Trim() : text[..RecalledSettings.MaxPromptLength].Trim();

    public static int? Side(double? value) => value is >= 1 and <= MaxSide ? (int)value : null;

    public static int? Steps(double? value) => value is >= 1 and <= MaxSteps ? (int)value : null;

    public static double? Guidance(double? value) => value is >= 0 and <= MaxGuidance ? value : null;

    public static long? Seed(long? value) => value is >= 0 ? value : null;

    public static long? Seed(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null;

    /// <summary>The solver of ours that a sampler's name means.</summary>
    public static SchedulerKind? Scheduler(string? name) => name switch
    {
        null => null,
        _ when name.Contains("dpm", StringComparison.OrdinalIgnoreCase) => SchedulerKind.DpmSolver,
        _ when name.Contains("euler", StringComparison.OrdinalIgnoreCase) => SchedulerKind.Euler,
        _ => null,
    };

    public static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public static string? String(this JsonElement owner, string name) => Member(owner, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static double? Number(this JsonElement owner, string name) => Member(owner, name) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.TryGetDouble(out var value) ? value : null,
        { ValueKind: JsonValueKind.String } text => Number(text.GetString()),
        _ => null,
    };

    /// <summary>Exact, which a double is not above 2⁵³.</summary>
    public static long? Seed(this JsonElement owner, string name) => Member(owner, name) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.TryGetInt64(out var value) ? Seed(value) : null,
        { ValueKind: JsonValueKind.String } text => Seed(text.GetString()),
        _ => null,
    };

    public static JsonElement? Member(this JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : null;
}

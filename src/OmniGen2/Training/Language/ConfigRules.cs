using System.Globalization;

namespace OmniGen2.Training.Language;

/// <summary>What numbers of a config may be, with the sentence that says so.</summary>
internal static class ConfigRules
{
    public static void Require(string source, bool holds, FormattableString fault)
    {
        if (!holds)
        {
            throw new ModelException($"{source}: {fault.ToString(CultureInfo.InvariantCulture)}.");
        }
    }

    public static void CheckShares(string source, string section, IReadOnlyList<(string Name, double Value)> shares)
    {
        foreach (var (name, value) in shares)
        {
            Require(source, double.IsFinite(value) && value >= 0, $"{section}.{name} = {value} must not be negative");
        }

        Require(source, shares.Sum(s => s.Value) > 0, $"{section} are all 0: at least one must be above 0");
    }
}

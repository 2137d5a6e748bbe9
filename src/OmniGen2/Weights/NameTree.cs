namespace OmniGen2.Weights;

/// <summary>Dotted names as a tree.</summary>
internal static class NameTree
{
    /// <summary>Whether this name, or any name below it, is among these.</summary>
    public static bool Has(IEnumerable<string> names, string name) => names.Any(n => IsAtOrBelow(n, name));

    /// <summary>`a.b` is at and below `a.b` and below `a` and the empty root, not below `a.b2`.</summary>
    public static bool IsAtOrBelow(string name, string prefix) =>
        prefix.Length == 0
        || (name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || name[prefix.Length] == '.'));
}

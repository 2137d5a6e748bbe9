namespace OmniGen2.Sampling;

/// <summary>The predictions that guidance weighs against each other, by the names they have in recorded runs.</summary>
internal static class Branch
{
    /// <summary>The prompt and the references.</summary>
    public const string Conditional = "cond";

    /// <summary>The negative prompt and the references.</summary>
    public const string References = "ref";

    /// <summary>The negative prompt alone.</summary>
    public const string Unconditional = "uncond";
}

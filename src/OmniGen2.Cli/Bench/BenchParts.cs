namespace OmniGen2.Cli.Bench;

/// <summary>How much of the released sizes is measured.</summary>
internal enum BenchParts
{
    Transformer,
    All,
}

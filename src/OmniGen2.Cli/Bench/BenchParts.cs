namespace OmniGen2.Cli.Bench;

/// <summary>How much of the released sizes is measured.</summary>
internal enum BenchParts
{
    /// <summary>A picture from the words to the pixels: language model, transformer, autoencoder.</summary>
    Picture,

    /// <summary>One forward of the transformer.</summary>
    Transformer,

    /// <summary>Both, and every part by itself.</summary>
    All,
}

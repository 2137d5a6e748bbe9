namespace LibTorch.Tests;

/// <summary>Tests that count what is alive run alone.</summary>
[CollectionDefinition(nameof(Counting), DisableParallelization = true)]
public sealed class Counting;

namespace OmniGen2.Tests;

/// <summary>Tests that count what the whole process holds run by themselves.</summary>
[CollectionDefinition(nameof(Counting), DisableParallelization = true)]
public static class Counting;

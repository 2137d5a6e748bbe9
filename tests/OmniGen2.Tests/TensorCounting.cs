namespace OmniGen2.Tests;

/// <summary>Tests that count all tensors of the process run when nothing else does.</summary>
[CollectionDefinition(nameof(TensorCounting), DisableParallelization = true)]
public sealed class TensorCounting;

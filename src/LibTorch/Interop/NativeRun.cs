namespace TorchSharp;

/// <summary>Where a run of values starts and how long it is; as Longs and Tensors in shim.h.</summary>
internal readonly record struct NativeRun(nint Data, long Count);

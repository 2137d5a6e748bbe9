namespace OmniGen2.Tests.Weights.Staging;

/// <summary>Who waits for whom when weights are brought to a device.</summary>
[Flags]
internal enum Waits
{
    None = 0,

    /// <summary>Computing, for the copies of what it computes with.</summary>
    OfCompute = 1,

    /// <summary>Copies, for the computing with what they overwrite.</summary>
    OfCopies = 2,

    /// <summary>The thread that fills pinned memory, for the copies from it.</summary>
    OfHost = 4,
}

namespace OmniGen2.Weights.Staging;

/// <summary>A point in what a device has been told to do, which others wait for.</summary>
internal interface IStreamMark : IDisposable
{
    /// <summary>Copies begun from now on wait until it is reached.</summary>
    void HoldCopies();

    /// <summary>What this thread gives the device to compute from now on waits until it is reached.</summary>
    void HoldCompute();

    /// <summary>This thread waits until it is reached.</summary>
    void Wait();
}

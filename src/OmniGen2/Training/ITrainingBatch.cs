namespace OmniGen2.Training;

/// <summary>What one pass through the network sees.</summary>
public interface ITrainingBatch : IDisposable
{
    /// <summary>Which samples of the data these are, in the order of their losses; for messages.</summary>
    IReadOnlyList<long> Samples { get; }
}

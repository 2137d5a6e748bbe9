namespace OmniGen2.Training;

/// <summary>A network, its data and its optimisers, ready to train: what the command line drives, whatever is trained.</summary>
public interface ITrainingRun : IDisposable
{
    /// <summary>As the config file has them.</summary>
    TrainingSettings Settings { get; }

    /// <summary>Steps taken.</summary>
    long Step { get; }

    /// <summary>Goes on from a saved state, bit by bit in fp32.</summary>
    void Resume(string folder);

    /// <summary>Trains, and yields after every step; saves its state on the way and at the end.</summary>
    IEnumerable<TrainingStep> Run(TrainingBudget? budget = null, CancellationToken cancellation = default);

    /// <summary>Pictures of what the averaged weights can do now. To be called between two steps.</summary>
    IReadOnlyList<ContactSheet> Sheets();

    /// <summary>Writes a whole checkpoint folder in the published layout, weights in bf16: the trained part with its averages, the other parts as the base checkpoint has them.</summary>
    void Export(string folder);
}

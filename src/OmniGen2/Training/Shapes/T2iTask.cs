namespace OmniGen2.Training.Shapes;

/// <summary>A prompt and a scene it describes; what the prompt leaves open, any picture may choose.</summary>
public sealed record T2iTask(string Prompt, Scene Scene)
{
    /// <summary>Whether the prompt says what is behind the objects.</summary>
    public bool NamesBackground { get; init; }

    /// <summary>Whether the prompt says where every object is.</summary>
    public bool NamesPositions { get; init; }

    /// <summary>How the prompt relates the two objects to each other, where it does.</summary>
    public Relation? Relation { get; init; }
}

namespace OmniGen2.Web.History;

/// <summary>What a rebuild found.</summary>
public sealed record RebuildReport
{
    /// <summary>Pictures that were read from their files.</summary>
    public int Pictures { get; init; }

    /// <summary>Pictures of the old database whose files are gone; they are still in the index.</summary>
    public int Missing { get; init; }

    /// <summary>Edges of the tree.</summary>
    public int Edges { get; init; }

    /// <summary>Where the old database lies now; null where there was none.</summary>
    public string? SetAside { get; init; }

    public override string ToString() =>
        $"The history is made again: {Pictures:N0} pictures, {Edges:N0} ties between them, {Missing:N0} missing files kept in the index."
        + (SetAside is null ? "" : $" The old database is kept as {SetAside}.");
}

namespace OmniGen2.Web.History;

/// <summary>Something with a trash of its own, which is emptied of what has lain there too long; or that keeps things no longer than a trash does.</summary>
public interface ITrash
{
    /// <summary>Removes for good what went to the trash before this moment.</summary>
    /// <returns>How many.</returns>
    Task<int> Sweep(DateTimeOffset before, CancellationToken cancellationToken);
}

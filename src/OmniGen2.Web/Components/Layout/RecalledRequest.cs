using OmniGen2.Imaging.Recall;

namespace OmniGen2.Web.Components.Layout;

/// <summary>The settings out of a picture's file on their way to the form of Create. One for each circuit.</summary>
public sealed class RecalledRequest
{
    private readonly Broadcast<RecalledSettings?> _given = new(null);

    public void Give(RecalledSettings settings) => _given.Publish(settings);

    /// <summary>What was given and not yet taken, now and later.</summary>
    public IAsyncEnumerable<RecalledSettings?> Watch(CancellationToken cancellationToken) => _given.Watch(cancellationToken);

    /// <summary>They fill one form, once.</summary>
    public void Taken() => _given.Publish(null);
}

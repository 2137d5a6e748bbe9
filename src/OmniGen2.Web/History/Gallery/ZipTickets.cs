using System.Collections.Concurrent;

namespace OmniGen2.Web.History;

/// <summary>Which pictures a zip holds, under an address that cannot be guessed and is good for a short time: thousands of ids do not fit into one.</summary>
public sealed class ZipTickets(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<Guid, Ticket> _tickets = [];

    public Guid Issue(IReadOnlyCollection<Guid> pictures)
    {
        foreach (var (old, _) in _tickets.Where(x => x.Value.Until < time.GetUtcNow()))
        {
            _tickets.TryRemove(old, out _);
        }

        var id = Guid.NewGuid();
        _tickets[id] = new Ticket(pictures, time.GetUtcNow() + Lifetime);
        return id;
    }

    /// <summary>Null when there is none, or it is too old. It can be used again: downloads break off.</summary>
    public IReadOnlyCollection<Guid>? Find(Guid id) => _tickets.TryGetValue(id, out var ticket) && ticket.Until >= time.GetUtcNow() ? ticket.Pictures : null;

    private sealed record Ticket(IReadOnlyCollection<Guid> Pictures, DateTimeOffset Until);
}

using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OmniGen2.Web;

/// <summary>A value that many watch: each gets the latest and what follows. A slow watcher misses some in between, never the last one.</summary>
public sealed class Broadcast<T>(T first)
{
    private readonly Lock _lock = new();
    private readonly List<ChannelWriter<T>> _watchers = [];
    private bool _ended;

    public T Latest { get; private set; } = first;

    /// <param name="value">What is told.</param>
    /// <param name="last">Nothing follows; whatever is published later is ignored.</param>
    public void Publish(T value, bool last = false)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            Latest = value;
            _ended = last;
            foreach (var watcher in _watchers)
            {
                Tell(watcher);
            }
        }
    }

    public async IAsyncEnumerable<T> Watch([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Room for one: a newer value replaces an unread older one, so that watchers never hold up the worker.
        var values = Channel.CreateBounded<T>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            _watchers.Add(values.Writer);
            Tell(values.Writer);
        }

        try
        {
            await foreach (var value in values.Reader.ReadAllAsync(cancellationToken))
            {
                yield return value;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(values.Writer);
            }
        }
    }

    private void Tell(ChannelWriter<T> watcher)
    {
        watcher.TryWrite(Latest);
        if (_ended)
        {
            watcher.TryComplete();
        }
    }
}

using System.Collections.Concurrent;
using System.Globalization;

namespace OmniGen2.Training.Diffusion;

/// <summary>The shards that batches draw from: made when they are needed, the next one ahead of its time, and deleted behind the window.</summary>
internal sealed class SamplePool : IDisposable
{
    // A resumed run goes back by a few minutes.
    private const int KeptBehind = 1;

    private readonly PoolSettings _settings;
    private readonly string _folder;
    private readonly Action<long, string, CancellationToken> _write;
    private readonly CancellationTokenSource _closed = new();
    private readonly ConcurrentDictionary<long, Lazy<Task<Shard>>> _shards = [];

    private long _forgotten;

    /// <param name="settings">How many.</param>
    /// <param name="folder">Of nothing but shards made alike.</param>
    /// <param name="write">Writes the shard of a number to a path.</param>
    public SamplePool(PoolSettings settings, string folder, Action<long, string, CancellationToken> write)
    {
        (_settings, _folder, _write) = (settings, folder, write);
        Directory.CreateDirectory(folder);
    }

    /// <summary>The window of a batch, oldest first.</summary>
    /// <param name="batch">Its number.</param>
    /// <param name="last">Number of the run's last batch: nothing is made for later ones.</param>
    public IReadOnlyList<Shard> At(long batch, long last)
    {
        var newest = _settings.Newest(batch);
        var oldest = Math.Max(0, newest - _settings.Shards + 1);
        Forget(oldest - KeptBehind);
        var window = Enumerable.Range(0, (int)(newest - oldest + 1)).Select(i => Get(oldest + i).GetAwaiter().GetResult()).ToList();
        if (newest < _settings.Newest(last))
        {
            _ = Get(newest + 1);
        }

        return window;
    }

    public void Dispose()
    {
        _closed.Cancel();
        foreach (var shard in _shards.Values.Where(s => s.IsValueCreated))
        {
            // Whoever waited for it has heard of a fault; what counts here is that the frozen parts are no longer in use.
            shard.Value.ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        }

        _closed.Dispose();
    }

    private Task<Shard> Get(long number) => _shards.GetOrAdd(number, n => new Lazy<Task<Shard>>(() => Task.Run(() => Open(n)))).Value;

    private Shard Open(long number)
    {
        var path = PathOf(number);
        if (!File.Exists(path))
        {
            // One at a time: they share the processor, and the one that is needed first was asked for first.
            lock (_write)
            {
                _write(number, path, _closed.Token);
            }
        }

        return new Shard(number, path);
    }

    // By what lies on disk, so that nothing of an earlier process stays for good.
    private void Forget(long before)
    {
        if (before <= Interlocked.Exchange(ref _forgotten, before))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(_folder, "shard-*.safetensors"))
        {
            var number = long.Parse(Path.GetFileNameWithoutExtension(path)["shard-".Length..], CultureInfo.InvariantCulture);
            if (number < before)
            {
                _shards.TryRemove(number, out _);
                File.Delete(path);
            }
        }
    }

    private string PathOf(long number) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"shard-{number:D5}.safetensors"));
}

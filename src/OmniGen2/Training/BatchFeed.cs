namespace OmniGen2.Training;

/// <summary>Makes batches ahead on other threads and hands them out in order.</summary>
internal sealed class BatchFeed<TBatch> : IDisposable
    where TBatch : ITrainingBatch
{
    private readonly Func<long, TBatch> _load;

    private readonly Queue<Task<TBatch>> _coming = [];

    private long _next;

    public BatchFeed(Func<long, TBatch> load, long first, int ahead)
    {
        (_load, _next) = (load, first);
        for (var i = 0; i < ahead; i++)
        {
            Order();
        }
    }

    /// <summary>The caller disposes it.</summary>
    public TBatch Next()
    {
        var batch = _coming.Dequeue();
        Order();
        return batch.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        // A batch that failed is nobody's business any more; the others hold memory.
        Task.WhenAll(_coming).ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        foreach (var batch in _coming.Where(b => b.IsCompletedSuccessfully))
        {
            batch.Result.Dispose();
        }

        _coming.Clear();
    }

    private void Order()
    {
        var index = _next++;
        _coming.Enqueue(Task.Run(() => _load(index)));
    }
}

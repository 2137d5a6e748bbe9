namespace OmniGen2.Web.Jobs;

/// <summary>Passes on what comes often at most so often: the first at once, of those in between the latest, and the last one always.</summary>
public sealed class Pace(TimeProvider time, TimeSpan every) : IDisposable
{
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private Action? _next;
    private long? _last;
    private bool _isDisposed;

    /// <summary>Does it now, or later in place of what waits.</summary>
    public void Raise(Action next)
    {
        lock (_lock)
        {
            var isWaiting = _next is not null;
            var left = _last is { } last ? every - time.GetElapsedTime(last) : TimeSpan.Zero;
            if (isWaiting || left > TimeSpan.Zero)
            {
                _next = next;
                if (!isWaiting && !_isDisposed)
                {
                    _timer ??= time.CreateTimer(_ => Fire(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                    _timer.Change(left, Timeout.InfiniteTimeSpan);
                }

                return;
            }

            _last = time.GetTimestamp();
        }

        next();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    private void Fire()
    {
        Action? next;
        lock (_lock)
        {
            (next, _next, _last) = (_next, null, time.GetTimestamp());
        }

        next?.Invoke();
    }
}

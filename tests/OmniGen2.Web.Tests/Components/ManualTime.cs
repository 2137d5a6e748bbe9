namespace OmniGen2.Web.Tests.Components;

/// <summary>A clock whose waits end when the test says so.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _waits = [];

    public int Waits => _waits.Count;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        _waits.Add(timer);
        return timer;
    }

    /// <summary>Ends every wait that has begun.</summary>
    public void Pass()
    {
        foreach (var wait in _waits.ToArray())
        {
            _waits.Remove(wait);
            wait.Fire();
        }
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => time._waits.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

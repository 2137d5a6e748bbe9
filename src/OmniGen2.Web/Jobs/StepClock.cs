namespace OmniGen2.Web.Jobs;

/// <summary>How fast steps come of late, and how long the rest will take.</summary>
internal sealed class StepClock(TimeProvider time)
{
    // Weight of the newest step: follows a change of pace within a few steps, without jumping.
    private const double Newest = 0.3;
    private long? _last;
    private double? _seconds;

    public double? StepsPerSecond => _seconds is > 0 ? 1 / _seconds : null;

    public TimeSpan? Left(int steps) => _seconds is { } x ? TimeSpan.FromSeconds(x * steps) : null;

    /// <summary>A step is done. The first only starts the clock: what came before it was not only a step.</summary>
    public void Step()
    {
        if (_last is { } last)
        {
            var seconds = time.GetElapsedTime(last).TotalSeconds;
            _seconds = _seconds is { } x ? x + Newest * (seconds - x) : seconds;
        }

        _last = time.GetTimestamp();
    }
}

using System.Diagnostics;

namespace OmniGen2.QueueBench;

/// <summary>A model that says how long it was at work and how often it was called.</summary>
internal sealed class TimedPipeline(IPipeline inner) : IPipeline
{
    private IPipeline? _instant;
    private long _ticks;

    public ModelInfo Info => inner.Info;

    public TimeSpan AtWork => Stopwatch.GetElapsedTime(0, _ticks);

    public int Calls { get; private set; }

    public void Reset() => (_ticks, Calls) = (0, 0);

    /// <summary>From now on every step is nothing to the model, so that all time is the studio's.</summary>
    public void BeInstant() => _instant = new InstantPipeline(inner.Info);

    public IEnumerable<DenoiseStep> Denoise(GenerationRequest request, DenoiseState? resume = null) => Timed(Now.Denoise(request, resume));

    public RgbImage Decode(GenerationRequest request, DenoiseState state) => Time(() => Now.Decode(request, state));

    public IEnumerable<ChatDelta> Chat(ChatRequest request) => Timed(Now.Chat(request));

    public void Dispose() => inner.Dispose();

    private IPipeline Now => _instant ?? inner;

    private IEnumerable<T> Timed<T>(IEnumerable<T> values)
    {
        using var each = values.GetEnumerator();
        while (Time(each.MoveNext))
        {
            yield return each.Current;
        }
    }

    private T Time<T>(Func<T> work)
    {
        var begin = Stopwatch.GetTimestamp();
        try
        {
            return work();
        }
        finally
        {
            _ticks += Stopwatch.GetTimestamp() - begin;
            Calls++;
        }
    }
}

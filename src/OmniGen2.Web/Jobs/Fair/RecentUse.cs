namespace OmniGen2.Web.Jobs.Fair;

/// <summary>Who had the model in the last minutes.</summary>
public sealed class RecentUse(TimeProvider time)
{
    private const int SecondsEach = 10;

    private readonly Lock _lock = new();
    private readonly Queue<(long Number, Dictionary<string, double> Seconds)> _parts = [];

    /// <param name="person">Null: the one person of a studio without accounts.</param>
    /// <param name="spent">A quantum that was just done.</param>
    public void Add(string? person, TimeSpan spent)
    {
        lock (_lock)
        {
            Forget();
            if (_parts.Count == 0 || _parts.Last().Number != Number())
            {
                _parts.Enqueue((Number(), []));
            }

            var part = _parts.Last().Seconds;
            part[person ?? ""] = part.GetValueOrDefault(person ?? "") + spent.TotalSeconds;
        }
    }

    /// <summary>Seconds of the model within <see cref="FairShare.Window"/> by person, the most first.</summary>
    public IReadOnlyList<(string? Person, double Seconds)> Shares()
    {
        lock (_lock)
        {
            Forget();
            return [.. _parts.SelectMany(x => x.Seconds).GroupBy(x => x.Key)
                .Select(x => (x.Key.Length > 0 ? x.Key : null, x.Sum(y => y.Value))).OrderByDescending(x => x.Item2)];
        }
    }

    private long Number() => (long)(time.GetTimestamp() / (double)time.TimestampFrequency) / SecondsEach;

    private void Forget()
    {
        var oldest = Number() - ((long)FairShare.Window.TotalSeconds / SecondsEach);
        while (_parts.TryPeek(out var part) && part.Number <= oldest)
        {
            _parts.Dequeue();
        }
    }
}

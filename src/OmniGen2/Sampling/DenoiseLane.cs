using System.Collections;

namespace OmniGen2.Sampling;

/// <summary>The steps of one picture, and the run that takes them while there is one: what several pictures are taken a step further together by.</summary>
/// <param name="begin">The steps; tells the lane which run it is at.</param>
internal sealed class DenoiseLane(Func<DenoiseLane, IEnumerator<DenoiseStep>> begin) : IEnumerator<DenoiseStep>
{
    private IEnumerator<DenoiseStep>? _steps;

    /// <summary>Null before the first step and after the last.</summary>
    public DenoiseRun? Run { get; set; }

    public DenoiseStep Current => _steps!.Current;

    object IEnumerator.Current => Current;

    public bool MoveNext() => (_steps ??= begin(this)).MoveNext();

    public void Reset() => throw new NotSupportedException("A picture is begun anew by another enumerator.");

    public void Dispose() => _steps?.Dispose();

    /// <summary>Each enumeration is a picture of its own.</summary>
    public sealed class Source(Func<DenoiseLane, IEnumerator<DenoiseStep>> begin) : IEnumerable<DenoiseStep>
    {
        public IEnumerator<DenoiseStep> GetEnumerator() => new DenoiseLane(begin);

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

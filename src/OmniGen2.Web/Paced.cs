using System.Runtime.CompilerServices;

namespace OmniGen2.Web;

/// <summary>Slows a stream down for eyes.</summary>
public static class Paced
{
    /// <summary>At most so often. Of a <see cref="Broadcast{T}"/>, which keeps only the latest for who is slow, the newest value and the last one always come.</summary>
    public static async IAsyncEnumerable<T> AtMostEvery<T>(this IAsyncEnumerable<T> values, TimeSpan time, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var value in values.WithCancellation(cancellationToken))
        {
            yield return value;
            await Task.Delay(time, cancellationToken);
        }
    }
}

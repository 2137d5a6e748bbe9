using System.Diagnostics;
using static TorchSharp.torch;

namespace OmniGen2.Cli.Bench;

/// <summary>How long this machine takes to read so many bytes, with all threads and no arithmetic to speak of: what no network that must read its weights can be faster than.</summary>
internal sealed class MemoryReading
{
    /// <summary>Read over and over for more; far beyond any cache.</summary>
    private const long LargestBuffer = 256L << 20;

    private const int Tries = 3;

    private readonly double _passes;
    private readonly Tensor _buffer;

    /// <param name="bytes">To read. Few of them stay in the processor's cache, as the weights of a small network do.</param>
    /// <param name="device">Whose memory.</param>
    public MemoryReading(long bytes, Device device)
    {
        var size = Math.Clamp(bytes, 1 << 12, LargestBuffer);
        _passes = bytes / (double)size;
        _buffer = ones([size / sizeof(float)], dtype: ScalarType.Float32, device: device);
    }

    /// <summary>The best of a few tries.</summary>
    public double Seconds() => Enumerable.Range(0, Tries).Min(_ => Once()) * _passes;

    private double Once()
    {
        var begin = Stopwatch.GetTimestamp();
        using (var sum = _buffer.sum())
        {
            _ = sum.item<float>();
        }

        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}

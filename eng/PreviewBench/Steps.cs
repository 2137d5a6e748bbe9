using System.Buffers.Binary;
using System.Diagnostics;

namespace OmniGen2.PreviewBench;

/// <summary>How fast the studio steps over a while.</summary>
/// <param name="PerSecond">Steps.</param>
/// <param name="ProcessorSeconds">Processor time of the whole studio for each step: on a machine that others use too, this is what tells.</param>
/// <param name="Serving">Processor time meanwhile of all its threads but the model's.</param>
internal sealed record Pace(double PerSecond, double ProcessorSeconds, TimeSpan Serving);

/// <summary>How fast the studio's worker steps, read from the mark that it writes for every step: nobody in the studio notices.</summary>
internal sealed class Steps(string dataPath, StudioThreads threads)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly string _file = Path.Combine(dataPath, "quantum");

    /// <summary>From one step's end to another's, over about so long a time.</summary>
    public async Task<Pace> Measure(TimeSpan time)
    {
        var (first, begun) = await Next();
        var before = threads.Now();
        var (last, ended) = (first, begun);
        while (ended - begun < time)
        {
            (last, ended) = await Next();
            if (last.Job != first.Job)
            {
                throw new InvalidOperationException("The job ended while it was watched: take shorter --seconds.");
            }
        }

        var steps = last.Step - first.Step;
        var (model, serving) = threads.Since(before);
        return new Pace(steps / (ended - begun).TotalSeconds, (model + serving).TotalSeconds / steps, serving);
    }

    /// <summary>Until a job is at work that has begun to step and has half of its steps ahead.</summary>
    public async Task Fresh()
    {
        while (Now().Step is < 1 or > LongWork.MostSteps / 2)
        {
            await Task.Delay(Look);
        }
    }

    public (Guid Job, int Step) Now()
    {
        Span<byte> mark = stackalloc byte[20];
        using var file = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) == mark.Length ? (new Guid(mark[..16]), BinaryPrimitives.ReadInt32LittleEndian(mark[16..])) : default;
    }

    /// <summary>The moment of the next step.</summary>
    private async Task<((Guid Job, int Step) Mark, TimeSpan At)> Next()
    {
        var before = Now();
        while (Now() == before)
        {
            await Task.Delay(Look);
        }

        return (Now(), Stopwatch.GetElapsedTime(0));
    }
}

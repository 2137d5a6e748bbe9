using System.Globalization;

namespace OmniGen2.PreviewBench;

/// <summary>What the threads of the studio have worked, from what the system keeps of them.</summary>
/// <param name="process">Its id.</param>
internal sealed class StudioThreads(int process)
{
    // The runtime's name for a thread of its own like the model's worker, cut to the length that the system keeps. Threads of the tensor library inherit it.
    private const string Worker = ".NET Long Runni";
    private const double TicksPerSecond = 100;

    /// <summary>Time on all processors of each thread; those of the model are marked.</summary>
    public IReadOnlyDictionary<string, (bool IsModel, long Ticks)> Now()
    {
        var threads = new Dictionary<string, (bool, long)>();
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            try
            {
                // "id (name) state parent …": the times in user and system mode are the 12th and 13th value after the name.
                var text = File.ReadAllText(Path.Combine(thread, "stat"));
                var (open, close) = (text.IndexOf('('), text.LastIndexOf(')'));
                var values = text[(close + 2)..].Split(' ');
                threads[text[..open]] = (text[(open + 1)..close] == Worker, long.Parse(values[11], CultureInfo.InvariantCulture) + long.Parse(values[12], CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }
        }

        return threads;
    }

    /// <summary>What the model's threads have worked since then, and all others: pages, circuits, files, previews, the memory's housekeeping.</summary>
    public (TimeSpan Model, TimeSpan Serving) Since(IReadOnlyDictionary<string, (bool IsModel, long Ticks)> then)
    {
        var worked = Now().Select(x => (x.Value.IsModel, Ticks: x.Value.Ticks - then.GetValueOrDefault(x.Key).Ticks)).ToLookup(x => x.IsModel, x => x.Ticks);
        return (TimeSpan.FromSeconds(worked[true].Sum() / TicksPerSecond), TimeSpan.FromSeconds(worked[false].Sum() / TicksPerSecond));
    }
}

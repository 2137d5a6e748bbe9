namespace OmniGen2.PreviewBench;

/// <summary>What the threads of the studio have worked, from what the system keeps of them.</summary>
internal sealed class StudioThreads(int process)
{
    // The runtime's name for a thread of its own like the model's worker, cut to the length that the system keeps. Threads of the tensor library inherit it.
    private const string Worker = ".NET Long Runni";
    private const double TicksPerSecond = 100;

    /// <summary>Time on all processors of whatever is not the model: pages, circuits, files, previews, the memory's housekeeping.</summary>
    public TimeSpan Serving() => Sum(name => name != Worker);

    public TimeSpan All() => Sum(_ => true);

    private TimeSpan Sum(Func<string, bool> isCounted)
    {
        var ticks = 0L;
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            try
            {
                // "id (name) state parent …": the times in user and system mode are the 12th and 13th value after the name.
                var text = File.ReadAllText(Path.Combine(thread, "stat"));
                var (open, close) = (text.IndexOf('('), text.LastIndexOf(')'));
                var values = text[(close + 2)..].Split(' ');
                ticks += isCounted(text[(open + 1)..close]) ? long.Parse(values[11], System.Globalization.CultureInfo.InvariantCulture) + long.Parse(values[12], System.Globalization.CultureInfo.InvariantCulture) : 0;
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or IOException)
            {
                // The thread has ended meanwhile.
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }
}

using System.Globalization;

namespace TorchSharp;

/// <summary>What the machine, or the container that this process is in, has of memory now. The runtime's own numbers are those of its last collection.</summary>
internal static class MachineMemory
{
    private const string Group = "/sys/fs/cgroup";

    /// <summary>Bytes that can be had without pushing anything out that is in use, and bytes in all.</summary>
    public static (long Free, long Total) Read()
    {
        var total = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var free = Line("/proc/meminfo", "MemAvailable:") is { } kilobytes ? kilobytes * 1024 : total;
        if (Number($"{Group}/memory.max") is { } limit && Number($"{Group}/memory.current") is { } used)
        {
            // Pages of files count as used there, and give way.
            free = Math.Min(free, limit - used + (Line($"{Group}/memory.stat", "inactive_file") ?? 0) + (Line($"{Group}/memory.stat", "active_file") ?? 0));
        }

        return (Math.Max(0, Math.Min(free, total)), total);
    }

    // "max" is no number, and no limit.
    private static long? Number(string path) => File.Exists(path) && long.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var value) ? value : null;

    private static long? Line(string path, string name)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var words = File.ReadLines(path).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).FirstOrDefault(w => w.Length > 1 && w[0] == name);
        return words is not null && long.TryParse(words[1], CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}

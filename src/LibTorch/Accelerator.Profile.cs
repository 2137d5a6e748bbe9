using System.Globalization;
using System.Runtime.InteropServices;

namespace TorchSharp;

// Where time goes.
public static partial class Accelerator
{
    /// <summary>
    /// Runs something and says which operators its thread spent how much processor time in, longest first. "between operators" is what is
    /// left. What other threads do is not seen.
    /// </summary>
    public static IReadOnlyList<OperatorTime> Profile(Action run)
    {
        Fault.Check(Native.ts_profile_begin());
        string text;
        try
        {
            run();
        }
        finally
        {
            text = Marshal.PtrToStringUTF8(Native.ts_profile_end())!;
        }

        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).OrderByDescending(o => o.Seconds)];
    }

    private static OperatorTime Parse(string line)
    {
        var parts = line.Split('\t');
        return new OperatorTime(
            parts[1],
            (OperatorPhase)int.Parse(parts[0], CultureInfo.InvariantCulture),
            long.Parse(parts[2], CultureInfo.InvariantCulture),
            double.Parse(parts[3], CultureInfo.InvariantCulture));
    }
}

using System.Diagnostics;
using OmniGen2.Web.Jobs.Fair;
using OmniGen2.Web.Options;

namespace OmniGen2.QueueBench;

/// <summary>What one decision of the sharing costs, apart from everything else.</summary>
internal static class Decisions
{
    private const int Warm = 10_000;
    private const int Counted = 100_000;

    /// <param name="people">Who all have work.</param>
    /// <returns>Seconds for one choice and one charge.</returns>
    public static double Seconds(int people)
    {
        var share = new FairShare(new QueueOptions(), TimeProvider.System);
        var claims = Enumerable.Range(0, people).Select(x => new Claim($"person {x}", 1, IsInteractive: x % 5 == 0, Room.Is)).ToList();
        Run(share, claims, Warm);
        var begin = Stopwatch.GetTimestamp();
        Run(share, claims, Counted);
        return Stopwatch.GetElapsedTime(begin).TotalSeconds / Counted;
    }

    private static void Run(FairShare share, List<Claim> claims, int count)
    {
        for (var i = 0; i < count; i++)
        {
            share.Charge(claims[share.Choose(claims)!.Value].Person, TimeSpan.FromMilliseconds(20));
        }
    }
}

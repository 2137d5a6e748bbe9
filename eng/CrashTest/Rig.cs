using OmniGen2.Web.History;

namespace OmniGen2.CrashTest;

/// <summary>
/// Fills a queue, kills the studio that works on it again and again, lets the last one finish, and compares what came of it with a studio that nobody
/// disturbed.
/// </summary>
internal sealed class Rig(string program, int seed) : IDisposable
{
    private const int FewLeft = 6;

    /// <summary>Of so many kills one comes at any moment of the start; the others while jobs run.</summary>
    private const int OneInStart = 4;

    private static readonly TimeSpan LongestWork = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(2);

    /// <summary>Without a job done for so long, something hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Random _random = new(seed);
    private readonly Dictionary<Guid, DateTimeOffset> _finished = [];
    private readonly StudioFolder _disturbed = new(Directory.CreateTempSubdirectory("crash-").FullName, seed);
    private readonly StudioFolder _undisturbed = new(Directory.CreateTempSubdirectory("crash-").FullName, seed);

    public async Task<Verdict> Run(int kills)
    {
        var rounds = 0;
        await _disturbed.Ask(++rounds);
        for (var kill = 1; kill <= kills; kill++)
        {
            if (await _disturbed.Unfinished() < FewLeft)
            {
                await _disturbed.Ask(++rounds);
            }

            var after = await RunAndKill();
            Remember(await _disturbed.Read());
            Console.WriteLine($"kill {kill} {after}: {_finished.Count} of {rounds * 10} jobs done");
        }

        await Finish(_disturbed);
        for (var round = 1; round <= rounds; round++)
        {
            await _undisturbed.Ask(round);
        }

        Console.WriteLine("The same work undisturbed:");
        await Finish(_undisturbed);
        return Verdict.Of(await _disturbed.Read(), await _undisturbed.Read(), _finished, Console.WriteLine);
    }

    public void Dispose()
    {
        _disturbed.Dispose();
        _undisturbed.Dispose();
    }

    /// <returns>The moment, in words.</returns>
    private async Task<string> RunAndKill()
    {
        using var studio = new StudioProcess(program, _disturbed.Path);
        var inStart = _random.Next(OneInStart) == 0;
        var wait = (inStart ? LongestStart : LongestWork) * _random.NextDouble();
        if (!inStart)
        {
            await studio.Ready.WaitAsync(Patience);
        }

        await Task.Delay(wait);
        await studio.Kill();
        return $"{wait.TotalSeconds:0.00} s after the {(inStart ? "start" : "model was there")}";
    }

    private async Task Finish(StudioFolder folder)
    {
        using var studio = new StudioProcess(program, folder.Path);
        await studio.Ready.WaitAsync(Patience);
        var (left, since) = (int.MaxValue, DateTimeOffset.UtcNow);
        while (await folder.Unfinished() is > 0 and var now)
        {
            (left, since) = now < left ? (now, DateTimeOffset.UtcNow) : (left, since);
            if (DateTimeOffset.UtcNow - since > Patience)
            {
                throw new TimeoutException($"{now} jobs are left and none has ended for {Patience.TotalMinutes} minutes.");
            }

            await Task.Delay(250);
        }

        await studio.Kill();
    }

    private void Remember(Outcome outcome)
    {
        foreach (var job in outcome.Jobs.Where(x => x.State == JobState.Done))
        {
            _finished.TryAdd(job.Id, job.FinishedAt!.Value);
        }
    }
}

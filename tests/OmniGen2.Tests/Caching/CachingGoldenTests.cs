using TorchSharp;

namespace OmniGen2.Tests.Caching;

public class CachingGoldenTests
{
    public static TheoryData<string> Runs { get; } = new(
        Directory.GetFiles(GoldenFile.Path("caching"), "*_*.safetensors").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal));

    [Fact]
    public void All_nine_recorded_runs_are_here() => Assert.Equal(9, Runs.Count);

    [Theory]
    [MemberData(nameof(Runs))]
    public void Every_decision_and_velocity_is_that_of_the_original(string name)
    {
        using var scope = torch.NewDisposeScope();
        var run = new CachedRun(name);
        using var session = run.Begin();
        run.Run(session, run.Start(), 0, run.Steps);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Run_that_was_stopped_and_taken_up_by_another_session_ends_in_the_same_bits(string name)
    {
        using var scope = torch.NewDisposeScope();
        var run = new CachedRun(name);
        using var whole = run.Begin();
        var expected = run.Run(whole, run.Start(), 0, run.Steps);

        var latents = run.Start();
        var saved = (IReadOnlyDictionary<string, StateTensor>)new Dictionary<string, StateTensor>();
        foreach (var (from, to) in (IEnumerable<(int, int)>)[(0, 6), (6, 9), (9, run.Steps)])
        {
            using var part = run.Begin();
            part.LoadCaches(saved);
            latents = run.Run(part, latents, from, to);
            saved = part.SaveCaches();
        }

        Assert.Equal(expected.Floats(), latents.Floats());
    }
}

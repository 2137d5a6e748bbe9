using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Jobs.Fair;

/// <summary>Side by side or not: everybody gets the same share, and nobody waits for more than one step of each of the others.</summary>
public sealed class TogetherSharingTests
{
    private const int Most = 4;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    public void Pictures_side_by_side_get_shares_of_their_weights(double first, double second)
    {
        var simulation = new Simulation(x => x == "first" ? first : second) { Lanes = Lanes() };
        simulation.Pictures("first", steps: 2_000_000, count: 3);
        simulation.Pictures("second", steps: 2_000_000, count: 3);
        simulation.Pictures("third", steps: 2_000_000, count: 3);
        simulation.Run(TimeSpan.FromSeconds(120));
        var all = first + (2 * second);
        Assert.InRange(simulation.Share("first", 0, 120) * all / first, 0.9, 1.1);
        Assert.InRange(simulation.Share("second", 0, 120) * all / second, 0.9, 1.1);
        Assert.InRange(simulation.Share("third", 0, 120) * all / second, 0.9, 1.1);
    }

    [Fact]
    public void Batch_of_one_person_goes_together_and_waits_for_who_is_due()
    {
        var simulation = new Simulation { Lanes = Lanes() };
        var batch = simulation.Pictures("ada", steps: 100, count: 6);
        simulation.Run(TimeSpan.FromMilliseconds(8));
        Assert.Equal([.. batch.Take(4), .. batch.Take(4)], simulation.Log);
        var other = simulation.Pictures("li", steps: 100)[0];
        simulation.Run(TimeSpan.FromMilliseconds(108));
        Assert.Contains(other, simulation.Log.Skip(8).Take(Most));
        Assert.InRange(simulation.Log.Count(x => x == other), 50, 58);
    }

    [Fact]
    public void Chat_begins_after_no_more_than_a_step_of_each_and_then_nobody_goes_along()
    {
        var simulation = new Simulation { Lanes = Lanes() };
        simulation.Pictures("ada", steps: 500, count: 8);
        simulation.Pictures("mira", steps: 500, count: 8);
        Job? chat = null;
        simulation.At(TimeSpan.FromMilliseconds(100), () => chat = simulation.Chat("li", tokens: 20));
        simulation.Run(TimeSpan.FromSeconds(1));
        var (began, ended) = simulation.Seen[chat!];
        Assert.InRange(began.TotalMilliseconds, 100, 100 + Most);
        Assert.Equal(20, (ended!.Value - began).TotalMilliseconds);
    }

    [Fact]
    public void No_more_stand_in_memory_than_may()
    {
        var simulation = new Simulation { Lanes = new Lanes(16, Shape) };
        foreach (var person in (string[])["ada", "li", "mira"])
        {
            simulation.Pictures(person, steps: 1_000, count: 8);
        }

        for (var step = 1; step <= 500; step++)
        {
            simulation.Run(TimeSpan.FromMilliseconds(step));
            Assert.InRange(simulation.Line.State.AtWork.Count, 1, 8);
        }
    }

    [Fact]
    public void Whose_job_was_put_before_all_takes_along_only_what_was_put_there_too()
    {
        var simulation = new Simulation { Lanes = Lanes() };
        simulation.Pictures("ada", steps: 100);
        var first = simulation.Pictures("li", steps: 5, count: 2);
        var places = simulation.Line.Places(first[0], JobMove.BeforeAll);
        simulation.Line.Place(places);
        simulation.Run(TimeSpan.FromMilliseconds(5));
        Assert.DoesNotContain(simulation.Log, x => x.Owner == "ada");
    }

    private static Lanes Lanes() => new(Most, Shape);

    private static LaneShape? Shape(Job job) => job.Picture is null ? null : new LaneShape(64, 64, "", 2);
}

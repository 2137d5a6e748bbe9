using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Jobs.Fair;

/// <summary>Who gets the model when many want it, over minutes of a virtual clock.</summary>
public sealed class SharingTests
{
    private const int Window = 600;
    private const double Tolerance = 0.1;

    private static readonly string[] People = [.. Enumerable.Range(1, 20).Select(x => $"person {x:00}")];

    [Fact]
    public void Twenty_people_and_one_with_500_jobs_get_shares_of_their_weights()
    {
        var simulation = new Simulation(Weight);
        var random = new Random(1);
        simulation.Pictures(People[0], steps: 5_000, count: 8);
        foreach (var _ in Enumerable.Range(0, 500))
        {
            simulation.Pictures(People[0], steps: 2_000);
        }

        foreach (var person in People.Skip(1))
        {
            simulation.Pictures(person, random.Next(10, 4_000), random.Next(1, 9), random.Next(0, 3));
        }

        // Whoever is through asks for the next, so that all have work at every moment.
        simulation.Ended = job => simulation.At(simulation.Time.Now, () => Ask(simulation, job.Owner!, random));
        simulation.Run(TimeSpan.FromSeconds(Window + 60));
        var all = People.Sum(x => Weight(x));
        foreach (var from in (int[])[0, 60])
        {
            Assert.All(People, x => Assert.InRange(simulation.Share(x, from, Window) * all / Weight(x), 1 - Tolerance, 1 + Tolerance));
        }

        Assert.All(simulation.Waited.Values, x => Assert.InRange(x, TimeSpan.Zero, TimeSpan.FromSeconds(25)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    public void Who_comes_after_another_had_the_model_alone_gets_the_share_and_no_more(double first, double second)
    {
        var simulation = new Simulation(x => x == "first" ? first : second);
        simulation.Pictures("first", steps: 2_000_000);
        simulation.At(TimeSpan.FromSeconds(900), () => simulation.Pictures("second", steps: 2_000_000));
        simulation.Run(TimeSpan.FromSeconds(900 + Window));
        Assert.Equal(1, simulation.Share("first", 0, 900), tolerance: 0.01);
        Assert.InRange(simulation.Share("second", 900, Window) * (first + second) / second, 1 - Tolerance, 1 + Tolerance);
        Assert.InRange(simulation.Share("first", 900, Window) * (first + second) / first, 1 - Tolerance, 1 + Tolerance);
    }

    [Fact]
    public void Endless_chats_and_edits_of_one_person_take_no_more_than_the_share()
    {
        var simulation = new Simulation();
        simulation.Pictures("batch", steps: 2_000_000);
        simulation.Chat("talker", tokens: 300);
        // Comes back after a pause, so that nothing is left of what was owed for overtaking but what the line remembers.
        simulation.Ended = job => simulation.At(simulation.Time.Now + (2 * Simulation.Step), () => simulation.Chat("talker", tokens: 300));
        simulation.Run(TimeSpan.FromSeconds(Window));
        Assert.InRange(simulation.Share("talker", 0, Window), 0.45, 0.55);
        Assert.InRange(simulation.Waited["batch"], TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Batch_is_held_back_by_the_chats_of_many_for_a_bounded_time()
    {
        var simulation = new Simulation();
        simulation.Pictures(People[0], steps: 2_000_000);
        foreach (var person in People.Skip(1))
        {
            simulation.Chat(person, tokens: 3_000);
        }

        simulation.Ended = job => simulation.Chat(job.Owner!, tokens: 3_000);
        simulation.Run(TimeSpan.FromSeconds(120));
        Assert.InRange(simulation.Waited[People[0]], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public void Chat_and_edit_begin_with_the_next_step_and_the_batch_goes_on_after_them()
    {
        var simulation = new Simulation();
        var batch = simulation.Pictures("ada", steps: 500, count: 8);
        Job? chat = null, edit = null, own = null;
        simulation.At(TimeSpan.FromMilliseconds(100), () => chat = simulation.Chat("li", tokens: 20));
        simulation.At(TimeSpan.FromMilliseconds(200), () => edit = simulation.Pictures("li", steps: 30, references: 1)[0]);
        simulation.At(TimeSpan.FromMilliseconds(300), () => own = simulation.Chat("ada", tokens: 20));
        simulation.Run(TimeSpan.FromSeconds(1));
        Assert.Equal((Milliseconds(100), Milliseconds(120)), simulation.Seen[chat!]);
        Assert.Equal((Milliseconds(200), Milliseconds(230)), simulation.Seen[edit!]);
        Assert.Equal((Milliseconds(300), Milliseconds(320)), simulation.Seen[own!]);
        Assert.Equal(batch[0], simulation.Log[320]);
        Assert.Equal(Milliseconds(570), simulation.Seen[batch[0]].Ended);
    }

    [Fact]
    public void Job_of_a_newcomer_begins_with_the_next_step_however_many_are_at_work()
    {
        var simulation = new Simulation();
        foreach (var person in People)
        {
            simulation.Pictures(person, steps: 1_000_000);
        }

        Job? job = null;
        simulation.At(TimeSpan.FromSeconds(100), () => job = simulation.Pictures("newcomer", steps: 100)[0]);
        simulation.Run(TimeSpan.FromSeconds(101));
        Assert.Equal(TimeSpan.FromSeconds(100), simulation.Seen[job!].Began);
    }

    [Fact]
    public void No_more_jobs_stand_in_memory_than_may_and_a_place_changes_hands_seldom()
    {
        var simulation = new Simulation();
        foreach (var person in People)
        {
            simulation.Pictures(person, steps: 1_000_000);
        }

        var most = 0;
        for (var second = 1; second <= 60; second++)
        {
            simulation.Run(TimeSpan.FromSeconds(second));
            most = Math.Max(most, simulation.Line.State.AtWork.Count);
        }

        var begun = simulation.Log.Zip(simulation.Log.Skip(1)).Count(x => x.First != x.Second && x.Second.Owner != x.First.Owner);
        Assert.Equal(8, most);
        Assert.True(begun > 0);
        Assert.All(People, x => Assert.InRange(simulation.Share(x, 0, 60), 0.02, 0.08));
    }

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);

    /// <summary>The last five count double.</summary>
    private static double Weight(string? person) => Array.IndexOf(People, person) >= 15 ? 2 : 1;

    private static void Ask(Simulation simulation, string person, Random random)
    {
        if (simulation.HasWork(person))
        {
            return;
        }

        switch (random.Next(4))
        {
            case 0:
                simulation.Chat(person, random.Next(20, 400));
                break;
            case 1:
                simulation.Pictures(person, random.Next(10, 2_000), references: 1);
                break;
            default:
                simulation.Pictures(person, random.Next(10, 4_000), random.Next(1, 9), random.Next(0, 3));
                break;
        }
    }
}

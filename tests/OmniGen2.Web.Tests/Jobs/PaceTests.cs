using OmniGen2.Web.Jobs;
using OmniGen2.Web.Tests.Components;

namespace OmniGen2.Web.Tests.Jobs;

public sealed class PaceTests
{
    private readonly ManualTime _time = new();
    private readonly List<int> _seen = [];

    [Fact]
    public void First_is_passed_on_at_once_and_of_the_next_ones_the_latest_when_it_is_time()
    {
        using var pace = new Pace(_time, TimeSpan.FromDays(1));
        Raise(pace, 1, 2, 3);
        Assert.Equal([1], _seen);
        _time.Pass();
        Assert.Equal([1, 3], _seen);
        _time.Pass();
        Assert.Equal([1, 3], _seen);
    }

    [Fact]
    public void What_comes_seldom_is_passed_on_at_once()
    {
        using var pace = new Pace(_time, TimeSpan.Zero);
        Raise(pace, 1, 2, 3);
        Assert.Equal([1, 2, 3], _seen);
        Assert.Equal(0, _time.Waits);
    }

    private void Raise(Pace pace, params int[] values)
    {
        foreach (var value in values)
        {
            pace.Raise(() => _seen.Add(value));
        }
    }
}

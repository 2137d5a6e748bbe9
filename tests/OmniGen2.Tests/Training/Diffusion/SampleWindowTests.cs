using OmniGen2.Training.Diffusion;
using OmniGen2.Training.Shapes;

namespace OmniGen2.Tests.Training.Diffusion;

public sealed class SampleWindowTests : IDisposable
{
    private readonly TinyDiffusion _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void Every_sample_is_drawn_equally_often_whatever_the_length_of_its_prompt()
    {
        const int draws = 4000;
        var (frozen, pool) = _tiny.Pool("pool");
        using (frozen)
        using (pool)
        {
            var shards = pool.At(4, 4);
            var seen = new Dictionary<string, int>();
            for (var i = 0; i < draws; i++)
            {
                var random = SceneRandom.ForTraining(1, i);
                var bucket = new SampleWindow(shards, key => key.Task == DiffusionTaskKind.T2i).Pick(random);
                var (shard, key, rows) = Assert.Single(new SampleWindow(shards, key => key == bucket).Draw(random, 1));
                var name = $"{shard.Number} {key} {rows[0]}";
                seen[name] = seen.GetValueOrDefault(name) + 1;
            }

            var samples = shards.Sum(s => s.Buckets.Where(b => b.Key.Task == DiffusionTaskKind.T2i).Sum(b => b.Count));
            var expected = (double)draws / samples;
            Assert.Equal(samples, seen.Count);
            Assert.All(seen.Values, times => Assert.InRange(times, expected - (6 * Math.Sqrt(expected)), expected + (6 * Math.Sqrt(expected))));
        }
    }

    [Fact]
    public void No_sample_comes_twice_before_all_have_come()
    {
        var (frozen, pool) = _tiny.Pool("pool");
        using (frozen)
        using (pool)
        {
            var window = new SampleWindow(pool.At(0, 0), key => key.Task == DiffusionTaskKind.Edit);
            var drawn = window.Draw(SceneRandom.ForTraining(1, 0), (int)window.Count * 2).SelectMany(d => d.Rows.Select(row => (d.Key, row)));
            Assert.All(drawn.GroupBy(d => d), times => Assert.Equal(2, times.Count()));
        }
    }
}

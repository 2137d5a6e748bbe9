using OmniGen2.Circuits;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Hosting;

/// <summary>Many browsers at once; eng/bench-browsers.sh measures what this only proves to work.</summary>
public sealed class CrowdTests
{
    private const int Browsers = 10;
    private const int ActsOfEach = 6;

    [Fact]
    public async Task Ten_browsers_that_act_at_once_while_a_picture_is_drawn_meet_no_fault()
    {
        var pipeline = FakePipeline.Held();
        await using var studio = new WebStudio(pipeline);
        studio.UseKestrel(0);
        studio.StartServer();
        await studio.Model.Watch().FirstAsync(x => x is ModelState.Ready);
        var job = await studio.Queue.Enqueue(TestStudio.Request(steps: 200));
        var acts = await Task.WhenAll(Enumerable.Range(0, Browsers).Select(x => Act(studio.Address, x, pipeline)));
        Assert.All(acts, x => Assert.Equal(ActsOfEach, x.Count));
        var all = acts.SelectMany(x => x).ToHashSet();
        Assert.Superset(new HashSet<string> { "write", "to /", "to /queue", "to /gallery" }, all);
        Assert.False(job.Latest.IsFinal);
    }

    private static async Task<List<string>> Act(Uri address, int number, FakePipeline pipeline)
    {
        using var http = new HttpClient();
        await using var browser = await SimulatedBrowser.Open(http, new Uri(address, "/"));
        var done = new List<string>();
        await foreach (var (what, _) in Visit.Acts(browser, number))
        {
            // The picture gets a step further with every act, so that all pages have something to tell.
            pipeline.Allow(1);
            done.Add(what);
            if (done.Count == ActsOfEach)
            {
                break;
            }
        }

        Assert.Null(browser.Fault);
        return done;
    }
}

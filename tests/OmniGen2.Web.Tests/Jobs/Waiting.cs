using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests.Jobs;

/// <summary>Waits for moments, never for times.</summary>
internal static class Waiting
{
    public static async Task Reaches(this Job job, int step) =>
        await job.Watch().FirstAsync(x => x is JobUpdate.Working working && working.Step >= step);

    public static async Task Begun(this TestStudio studio, Job job) => await studio.Queue.Watch().FirstAsync(x => x.IsAtWork(job));

    public static async Task ModelReady(this TestStudio studio) => await studio.Model.Watch().FirstAsync(x => x is ModelState.Ready);

    public static async Task AllDone(this TestStudio studio)
    {
        await studio.ModelReady();
        await studio.Queue.Watch().FirstAsync(x => x.Running is null && x.Waiting.Count == 0);
    }
}

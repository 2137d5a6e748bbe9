using System.Diagnostics.Metrics;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Hosting;

/// <summary>What the studio measures of itself. Everything is read when somebody asks, and sums over jobs come from their rows, so they outlive the process.</summary>
internal sealed class StudioMetrics
{
    public const string MeterName = "OmniGen2.Studio";

    public StudioMetrics(IMeterFactory meters, JobQueue queue, JobStore rows, DataFolder folder, ModelHost model, TimeProvider time)
    {
        var meter = Meter = meters.Create(MeterName);
        meter.CreateObservableGauge("studio.queue.length", () => queue.State.Waiting.Count, null, "Jobs that wait.");
        meter.CreateObservableGauge("studio.queue.running", () => queue.State.Running is null ? 0 : 1, null, "Jobs that run.");
        meter.CreateObservableGauge("studio.queue.halted", () => queue.State.IsHalted ? 1 : 0, null, "1 while the queue stands still.");
        meter.CreateObservableGauge("studio.queue.oldest", () => OldestWait(queue.State, time), "s", "How long the job that waits longest has waited.");
        meter.CreateObservableGauge("studio.steps.rate", () => (queue.State.Running?.Latest as JobUpdate.Working)?.StepsPerSecond ?? 0, null, "Steps a second of the job that runs.");
        meter.CreateObservableGauge("studio.model.ready", () => model.Info is null ? 0 : 1, null, "1 when the model is loaded.");
        meter.CreateObservableGauge("studio.disk.free", () => folder.FreeBytes, "By", "Free space where pictures are kept.");
        meter.CreateObservableGauge("studio.memory.resident", () => Environment.WorkingSet, "By", "Memory of the process, the weights included.");
        meter.CreateObservableCounter("studio.jobs", () => Sums(rows, x => x.Count, withState: true), null, "Jobs by kind and what became of them.");
        meter.CreateObservableCounter("studio.gpu", () => Sums(rows, x => x.WorkMilliseconds / 1000), "s", "Time that the model spent, by role of who asked.");
        meter.CreateObservableCounter("studio.jobs.waited", () => Sums(rows, x => x.WaitMilliseconds / 1000), "s", "Time that jobs waited before they began.");
        meter.CreateObservableCounter("studio.jobs.begun", () => Sums(rows, x => x.Begun), null, "Jobs that began.");
    }

    public Meter Meter { get; }

    private static double OldestWait(QueueState state, TimeProvider time) =>
        state.Waiting.Count == 0 ? 0 : (time.GetUtcNow() - state.Waiting.Min(x => x.CreatedAt)).TotalSeconds;

    private static IEnumerable<Measurement<double>> Sums(JobStore rows, Func<JobTotal, double> of, bool withState = false) =>
        rows.Totals().GroupBy(x => (x.Kind, x.Role, State: withState ? x.State : "")).Select(x => new Measurement<double>(x.Sum(of), Tags(x.Key.Kind, x.Key.Role, x.Key.State)));

    private static KeyValuePair<string, object?>[] Tags(string kind, string role, string state)
    {
        KeyValuePair<string, object?>[] tags = [new("kind", kind.ToLowerInvariant()), new("role", role.ToLowerInvariant())];
        return state.Length == 0 ? tags : [.. tags, new("state", state.ToLowerInvariant())];
    }
}

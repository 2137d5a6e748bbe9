using System.Diagnostics;

namespace OmniGen2.Web.Jobs;

/// <summary>What the model does for jobs, quantum by quantum, as spans, for whoever listens.</summary>
public static class JobActivity
{
    public const string Name = "OmniGen2.Studio";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Null where nobody listens.</summary>
    internal static Activity? Start(Job job) => Source.StartActivity("job")?.SetTag("job.id", job.Id).SetTag("job.kind", job.Request.GetType().Name);
}

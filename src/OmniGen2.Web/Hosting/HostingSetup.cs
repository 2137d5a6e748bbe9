namespace OmniGen2.Web.Hosting;

public static class HostingSetup
{
    /// <summary>What belongs to the process rather than to a subject.</summary>
    public static void AddStudioHost(this IHostApplicationBuilder builder) => builder.Services.AddHostedService<Announcement>();
}

namespace OmniGen2.Web.Hosting;

public static class HostingSetup
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(4);

    /// <summary>What belongs to the process rather than to a subject.</summary>
    public static void AddStudioHost(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHostedService<Announcement>();
        // Whoever still downloads then is cut off; what the model does is saved long before.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = LongestStop);
    }
}

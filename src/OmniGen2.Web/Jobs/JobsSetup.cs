using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs;

public static class JobsSetup
{
    /// <summary>The model, the queue before it and the thread that runs it.</summary>
    public static void AddModel(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ModelOptions>().BindConfiguration("Model").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LoadPipeline>(provider => options =>
            OmniGen2Pipeline.Load(Path.GetFullPath(options.Path, provider.GetRequiredService<IHostEnvironment>().ContentRootPath), options.ForPipeline()));
        services.AddSingleton<ModelHost>();
        services.AddSingleton<References>();
        services.AddSingleton<JobIntake>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobRuns>();
        services.AddHostedService<ModelWorker>();
    }
}

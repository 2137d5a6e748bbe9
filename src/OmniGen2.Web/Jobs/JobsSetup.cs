using OmniGen2.Web.Jobs.Checking;
using OmniGen2.Web.Jobs.Fair;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Jobs;

public static class JobsSetup
{
    private const int LongestVerdict = 256 * 1024;

    /// <summary>The model, the queue before it and the thread that runs it.</summary>
    public static void AddModel(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ModelOptions>().BindConfiguration("Model").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<QuotaOptions>().BindConfiguration("Quotas").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<QueueOptions>().BindConfiguration("Queue").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LoadPipeline>(provider => options => OmniGen2Pipeline.Load(
            Path.GetFullPath(options.Path, provider.GetRequiredService<IHostEnvironment>().ContentRootPath),
            options.ForPipeline() with { Tell = sentence => provider.GetRequiredService<ILogger<ModelHost>>().LogInformation("{Sentence}", sentence) }));
        services.AddSingleton<ModelHost>();
        AddJudges(services);
        services.AddSingleton<References>();
        services.AddSingleton<JobIntake>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobRuns>();
        services.AddSingleton<PictureSpeed>();
        services.AddSingleton<JobCosts>();
        services.AddHostedService(provider => provider.GetRequiredService<JobCosts>());
        services.AddSingleton<EstimateBands>();
        services.AddSingleton<JobEstimates>();
        services.AddSingleton<JobOwners>();
        services.AddSingleton<JobQuotas>();
        services.AddSingleton<RecentUse>();
        services.AddSingleton<PromptHistory>();
        services.AddSingleton<ThreadAnswers>();
        services.AddHostedService<ModelWorker>();
        services.AddSingleton<WeightsDigest>();
        services.AddSingleton<ExamplePictures>();
        services.AddHostedService(provider => provider.GetRequiredService<WeightsDigest>());
        services.AddSingleton<Prover>();
    }

    private static void AddJudges(IServiceCollection services)
    {
        services.AddOptions<JudgeOptions>().BindConfiguration("Judge").ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(Judges.ClientName, client =>
            {
                client.MaxResponseContentBufferSize = LongestVerdict;
                client.Timeout = Timeout.InfiniteTimeSpan; // The judge has its own, for each try.
            })
            // A service that sends elsewhere would be given the key and the picture of this one.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
            .RemoveAllLoggers();
        services.AddSingleton<Judges>();
    }
}

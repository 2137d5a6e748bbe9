using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Tests;

/// <summary>The whole application over a fake model, in a folder of its own. UseKestrel(0) and StartServer() give it a real port.</summary>
public sealed class WebStudio : WebApplicationFactory<Program>
{
    private readonly TemporaryFolder? _ownFolder;
    private readonly TemporaryFolder _folder;
    private readonly LoadPipeline _load;
    private readonly (string Name, string Value)[] _settings;

    public WebStudio(FakePipeline pipeline, TemporaryFolder? folder = null, params (string Name, string Value)[] settings)
        : this(_ => pipeline, folder, settings) => Pipeline = pipeline;

    public WebStudio(LoadPipeline load, TemporaryFolder? folder = null, params (string Name, string Value)[] settings)
    {
        _ownFolder = folder is null ? new TemporaryFolder() : null;
        (_folder, _load, _settings) = ((folder ?? _ownFolder)!, load, settings);
    }

    public FakePipeline? Pipeline { get; }

    /// <summary>Where its real port is, once it has one.</summary>
    public Uri Address => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public JobQueue Queue => Services.GetRequiredService<JobQueue>();

    public ImageStore Images => Services.GetRequiredService<ImageStore>();

    public ModelHost Model => Services.GetRequiredService<ModelHost>();

    public override async ValueTask DisposeAsync()
    {
        Pipeline?.Open();
        await base.DisposeAsync();
        _ownFolder?.Dispose();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSolutionRelativeContentRoot(".");
        builder.UseSetting("Studio:DataPath", _folder.Path);
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services => services.AddSingleton(_load));
    }
}

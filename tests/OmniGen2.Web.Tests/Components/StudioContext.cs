using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Components.Layout;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Jobs.Checking;

namespace OmniGen2.Web.Tests.Components;

/// <summary>Tabs over the real queue and a fake model.</summary>
internal static class StudioContext
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A studio whose services the context's components get, its model loaded or refused.</summary>
    public static async Task<TestStudio> OpenStudio(this BunitContext context, FakePipeline pipeline, LoadPipeline? load = null)
    {
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        var studio = await TestStudio.Start(pipeline, load ?? (_ => pipeline));
        context.Services.AddSingleton<RecalledRequest>();
        context.Services.AddSingleton(studio.Service<ExamplePictures>());
        context.Services.AddSingleton(studio.Queue);
        context.Services.AddSingleton(studio.Model);
        context.Services.AddSingleton(studio.Images);
        context.Services.AddSingleton(studio.Service<PictureSpeed>());
        context.Services.AddSingleton(studio.Service<Judges>());
        context.Services.AddSingleton(studio.Service<VerdictStore>());
        context.Services.AddSingleton(studio.Service<PromptHistory>());
        context.Services.AddSingleton(studio.Service<PresetStore>());
        context.Services.AddSingleton(studio.Service<TreeStore>());
        context.Services.AddSingleton(studio.Service<ThreadStore>());
        context.Services.AddSingleton(studio.Service<ThreadAnswers>());
        context.Services.AddSingleton(TimeProvider.System);
        context.Services.AddSingleton<Toasts>();
        context.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PictureCommands>(studio.Services, provider.GetRequiredService<Toasts>()));
        using var patience = new CancellationTokenSource(Patience);
        await studio.Model.Watch(patience.Token).FirstAsync(x => x is not ModelState.Loading, patience.Token);
        return studio;
    }
}

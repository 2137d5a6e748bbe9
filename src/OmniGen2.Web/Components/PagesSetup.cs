using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Components.Layout;
using OmniGen2.Web.Components.Pages.Gallery;
using OmniGen2.Web.Components.Pages.Picture;

namespace OmniGen2.Web.Components;

public static class PagesSetup
{
    /// <summary>The pages, and what they need to be live.</summary>
    public static void AddPages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddScoped<Toasts>();
        builder.Services.AddScoped<RecalledRequest>();
        builder.Services.AddScoped<PictureCommands>();
        builder.Services.AddScoped<GalleryData>();
        builder.Services.AddSingleton<PictureReader>();
    }

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        // What the door shows needs no account; pictures of people are none of these.
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
        {
            // Who may frame the pages is said by our own headers.
            options.ContentSecurityFrameAncestorsPolicy = null;
            // A change of the page is a few hundred bytes: packing it for every watcher would cost the model more than it spares the network.
            options.DisableWebSocketCompression = true;
        });
    }
}

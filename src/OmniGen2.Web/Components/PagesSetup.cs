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
        app.MapStaticAssets();
        // Who may frame the pages is said by our own headers.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}

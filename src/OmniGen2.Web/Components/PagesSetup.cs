using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Components.Layout;
<<<<<<< HEAD
using OmniGen2.Web.Components.Pages.Gallery;
=======
using OmniGen2.Web.Components.Pages.Picture;
>>>>>>> 38076cf (Show the tree of a picture beside the Edit tab and on a page of its own, with the steps in which it came to be)

namespace OmniGen2.Web.Components;

public static class PagesSetup
{
    /// <summary>The pages, and what they need to be live.</summary>
    public static void AddPages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddScoped<Toasts>();
<<<<<<< HEAD
        builder.Services.AddScoped<PictureCommands>();
        builder.Services.AddScoped<GalleryData>();
=======
        builder.Services.AddSingleton<PictureReader>();
>>>>>>> 38076cf (Show the tree of a picture beside the Edit tab and on a page of its own, with the steps in which it came to be)
    }

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets();
        // Who may frame the pages is said by our own headers.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}

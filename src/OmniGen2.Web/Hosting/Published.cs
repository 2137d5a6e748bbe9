namespace OmniGen2.Web.Hosting;

/// <summary>Where the app finds its own files: published, everything lies beside the assembly; in development, in the repository.</summary>
public static class Published
{
    public static WebApplicationOptions Options(string[] args)
    {
        var webRoot = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!Directory.Exists(webRoot))
        {
            return new WebApplicationOptions { Args = args };
        }

        var hasContentRoot = args.Any(x => x.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase));
        return new WebApplicationOptions
        {
            Args = args,
            WebRootPath = webRoot,
            ContentRootPath = hasContentRoot ? null : AppContext.BaseDirectory,
        };
    }
}

namespace OmniGen2.Web;

/// <summary>Addresses of what the browser fetches by itself.</summary>
public static class Links
{
    public static string Picture(Guid id) => $"/images/{id:N}.png";

    public static string Thumbnail(Guid id) => $"/thumbs/{id:N}";

    /// <summary>The page of a picture, or of the job that becomes one: relative, for links.</summary>
    public static string Page(Guid id) => $"pictures/{id}/tree";

    /// <summary>Two pictures beside each other.</summary>
    public static string Compare(Guid first, Guid second) => $"compare/{first}/{second}";

    /// <summary>The film of a picture's steps; <see cref="History.Film"/> says how its frames lie.</summary>
    public static string Film(Guid id) => $"/films/{id:N}";

    /// <summary>Other weights draw another picture, under another address.</summary>
    public static string Example(Jobs.ExamplePicture example) => $"/examples/{example.Name}?v={example.Sha256[..16]}";

    public static string Zip(Guid ticket) => $"/zip/{ticket:N}";

    /// <summary>The version makes each preview an address of its own, so that the browser asks again.</summary>
    public static string Preview(Guid job, int version) => $"/previews/{job:N}?v={version}";
}

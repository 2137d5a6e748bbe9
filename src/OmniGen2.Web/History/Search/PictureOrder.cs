namespace OmniGen2.Web.History;

public enum PictureOrder
{
    Newest,
    Oldest,

    /// <summary>The best first, the newest of each rating first.</summary>
    Rating,
}

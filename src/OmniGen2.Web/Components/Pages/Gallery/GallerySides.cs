using OmniGen2.Web.History;

namespace OmniGen2.Web.Components.Pages.Gallery;

/// <summary>What stands beside the gallery, counted.</summary>
public sealed record GallerySides(IReadOnlyList<(string Search, string Name, string Icon, int Count)> Fixed, IReadOnlyList<BoardSummary> Boards, IReadOnlyList<TagSummary> Tags)
{
    private const int MostTags = 30;

    public static GallerySides Empty { get; } = new([], [], []);

    /// <summary>Conditions for the search field to offer.</summary>
    public IEnumerable<string> Suggestions => Tags.Select(x => $"tag:{x.Tag}").Concat(Boards.Select(x => x.Search));

    /// <summary>A search as it stands in an address.</summary>
    public static string Query(string search) => search.Length == 0 ? "" : $"?q={Uri.EscapeDataString(search)}";

    public static GallerySides Read(PictureSearch search, Boards boards, PictureTags tags) => new(
        [
            ("", "All pictures", "gallery", search.Count(search.Parse(""))),
            ("is:starred", "Starred", "star", search.Count(search.Parse("is:starred"))),
            ("is:trashed", "Trash", "trash", search.Count(search.Parse("is:trashed"))),
        ],
        boards.All(),
        tags.Most(MostTags));
}

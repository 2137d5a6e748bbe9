using OmniGen2.Web.Components.Layout;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Components.Pages.Gallery;

/// <summary>What the gallery's page reads, gathered from those who know it.</summary>
public sealed class GalleryData(
    PictureSearch search, GalleryPages pages, History.Gallery gallery, Boards boards, PictureTags tags, ZipTickets zips, MissingFiles missing, Toasts toasts,
    RuleBook rules)
{
    public int TrashDays => rules.Current.TrashDays;

    public GalleryView NewView() => new(search, pages);

    public GallerySides ReadSides() => GallerySides.Read(search, boards, tags);

    public IReadOnlyList<Loosening> Loosen(SearchQuery query) => search.Loosen(query);

    /// <summary>Address of a zip of these pictures.</summary>
    public string ZipOf(IReadOnlyCollection<Guid> pictures) => Links.Zip(zips.Issue(pictures));

    /// <summary>Grows with every change of what the gallery shows.</summary>
    public long Version => gallery.Version;

    public IAsyncEnumerable<long> Changes(CancellationToken cancellationToken) => gallery.Watch(cancellationToken);

    /// <summary>Looks for a missing file and says what came of it.</summary>
    public async Task FindFile(PictureRow picture)
    {
        try
        {
            toasts.Say($"Found in {await missing.Find(picture)} and put back.");
        }
        catch (ModelException error)
        {
            toasts.Warn(error.Message);
        }
    }
}

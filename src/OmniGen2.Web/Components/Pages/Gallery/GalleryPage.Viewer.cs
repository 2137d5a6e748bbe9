namespace OmniGen2.Web.Components.Pages.Gallery;

/// <summary>The picture of the gallery that is looked at in full screen.</summary>
public sealed partial class GalleryPage
{
    private int? _shown;

    private string Place => _shown is { } at ? $"{at + 1:N0} of {View.Result.Count:N0}" : "";

    private void Turn(int step)
    {
        if (_shown is { } at && at + step >= 0 && at + step < View.Result.Count)
        {
            _shown = at + step;
            View.Load(at + step, 1);
        }
    }

    private async Task CloseViewer()
    {
        if (_shown is { } at && _grid is not null)
        {
            _shown = null;
            await _grid.GoTo(at, focus: true);
        }
    }
}

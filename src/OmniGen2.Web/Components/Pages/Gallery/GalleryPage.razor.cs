using Microsoft.AspNetCore.Components;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Components.Pages.Gallery;

/// <summary>All pictures, searched by what stands in the address, so that every search can be kept, sent and gone back to.</summary>
public sealed partial class GalleryPage(GalleryData data, PictureCommands commands, NavigationManager navigation) : WatchingComponent
{
    private static readonly IReadOnlyList<Guid> All = [];
    private static readonly Dictionary<PictureOrder, string> Orders = new()
    {
        [PictureOrder.Newest] = "Newest first",
        [PictureOrder.Oldest] = "Oldest first",
        [PictureOrder.Rating] = "Best rated first",
    };

    private static readonly (string Size, string Name)[] Sizes = [("S", "Small"), ("M", "Medium"), ("L", "Large")];

    private GallerySides _sides = GallerySides.Empty;
    private IReadOnlyList<Loosening> _loosenings = [];
    private PictureGrid? _grid;
    private string? _text;
    private PictureOrder _order;
    private string _size = "M";
    private int _top;
    private bool _sideOpen;
    private BoardNaming? _naming;
    private IReadOnlyCollection<Guid>? _tagging;
    private IReadOnlyCollection<Guid>? _purging;
    private bool _isNew;
    private long _version;

    /// <summary>What is looked for.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? Q { get; set; }

    [SupplyParameterFromQuery(Name = "order")] public string? Order { get; set; }

    private GalleryView View { get; } = data.NewView();

    private PictureCommands Commands => commands;

    private int TrashDays => data.TrashDays;

    private IReadOnlyCollection<Guid> Chosen => [.. View.Selected];

    protected override void OnParametersSet()
    {
        var order = Enum.TryParse<PictureOrder>(Order, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : PictureOrder.Newest;
        if (_text == (Q ?? "") && _order == order)
        {
            return;
        }

        (_text, _order, _top, _shown, _sideOpen) = (Q ?? "", order, 0, null, false);
        _version = data.Version;
        View.Look(_text, order);
        Read();
        _isNew = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isNew && _grid is not null)
        {
            _isNew = false;
            await _grid.Renew(fromTop: true);
        }

        if (firstRender)
        {
            await Follow(data.Changes, Refresh);
        }
    }

    private void Read()
    {
        _sides = data.ReadSides();
        _loosenings = View.Result.Count == 0 ? data.Loosen(View.Result.Query) : [];
    }

    /// <summary>Something has changed, here or in another window: the same search once more, at the same place.</summary>
    private async Task Refresh(long version)
    {
        if (version == _version)
        {
            return;
        }

        _version = version;
        View.Refresh();
        Read();
        if (_grid is not null)
        {
            await _grid.Renew(fromTop: false);
        }
    }

    private void Search(string text) => Go(text, _order);

    private void Go(string? text, PictureOrder order) => navigation.NavigateTo(navigation.GetUriWithQueryParameters("gallery", new Dictionary<string, object?>
    {
        ["q"] = string.IsNullOrWhiteSpace(text) ? null : text,
        ["order"] = order == PictureOrder.Newest ? null : order.ToString().ToLowerInvariant(),
    }));

    private Task Jump(int place) => _grid?.GoTo(place) ?? Task.CompletedTask;

    private async Task Resize(string size)
    {
        _size = size;
        await (_grid?.Remember(size) ?? ValueTask.CompletedTask);
    }

    private async Task OnKey(GridKey press)
    {
        var meant = View.Meant(press.Index);
        switch (press.Key)
        {
            case "s":
                await commands.Star(meant, View[press.Index] is not { Picture.IsStarred: true });
                break;
            case "f":
                _shown = press.Index;
                break;
            case "Delete" when View.Result.Query.IsTrash:
                _purging = meant;
                break;
            case "Delete":
                await TrashAll(meant);
                break;
            case [>= '0' and <= '5' and var digit]:
                await commands.Rate(meant, digit - '0');
                break;
            case ['b', 'o', 'a', 'r', 'd', ':', .. var id]:
                await DropOn(id, press.Index);
                break;
        }
    }

    /// <summary>Dragged: the selection if the picture is one of it, else the picture alone.</summary>
    private async Task DropOn(string id, int index)
    {
        if (_sides.Boards.FirstOrDefault(x => x.Id.ToString() == id) is { } board && View[index] is { } cell)
        {
            await commands.AddToBoard(board, View.IsSelected(index) ? Chosen : [cell.Picture.Id]);
        }
    }

    private Task StarSelected() => commands.Star(Chosen, !View.SelectedCells.All(x => x.Picture.IsStarred));

    private Task TrashAll(IReadOnlyCollection<Guid> pictures)
    {
        View.Clear();
        return commands.Trash(pictures);
    }

    private Task RestoreAll(IReadOnlyCollection<Guid> pictures)
    {
        View.Clear();
        return commands.Restore(pictures);
    }

    private async Task Purged(bool isWanted)
    {
        var (pictures, everything) = (_purging, _purging == All);
        _purging = null;
        if (isWanted && pictures is not null)
        {
            View.Clear();
            await (everything ? commands.EmptyTrash() : commands.Purge(pictures));
        }
    }

    private async Task Zip() => await (_grid?.Download(data.ZipOf(Chosen)) ?? ValueTask.CompletedTask);

    private void NameBoard() => (_sideOpen, _naming) = (false, new BoardNaming(null, []));

    private void RenameBoard(BoardSummary board) => (_sideOpen, _naming) = (false, new BoardNaming(board, []));

    private Task Find(PictureRow picture) => data.FindFile(picture);
}

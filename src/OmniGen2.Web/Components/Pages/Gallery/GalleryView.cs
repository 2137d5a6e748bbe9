using OmniGen2.Web.History;

namespace OmniGen2.Web.Components.Pages.Gallery;

/// <summary>A result as one person looks at it: its cells by place, loaded as they come into view, and which are selected.</summary>
public sealed class GalleryView(PictureSearch search, GalleryPages pages)
{
    /// <summary>As many as may be selected at once.</summary>
    public const int MostSelected = 5000;

    private const int PageSize = 60;
    private const int MostPages = 40;

    private readonly Dictionary<int, IReadOnlyList<GalleryCell>> _pages = [];
    private readonly HashSet<Guid> _selected = [];
    private int? _anchor;

    public SearchResult Result { get; private set; } = new(new SearchQuery([]), PictureOrder.Newest, [], TimeSpan.Zero);

    public IReadOnlyCollection<Guid> Selected => _selected;

    /// <summary>The cell at a place; null while it is not loaded.</summary>
    public GalleryCell? this[int index] => _pages.TryGetValue(index / PageSize, out var page) && index % PageSize < page.Count ? page[index % PageSize] : null;

    /// <summary>Another search: what was selected in the one before is forgotten.</summary>
    public void Look(string text, PictureOrder order)
    {
        Clear();
        Find(search.Parse(text), order);
    }

    /// <summary>The same search again, because something has changed.</summary>
    public void Refresh() => Find(search.Parse(Result.Query.Text), Result.Order);

    public bool IsLoaded(int first, int count) => Pages(first, count).All(_pages.ContainsKey);

    public void Load(int first, int count)
    {
        foreach (var page in Pages(first, count).Where(x => !_pages.ContainsKey(x)).ToList())
        {
            if (_pages.Count >= MostPages)
            {
                _pages.Remove(_pages.Keys.MaxBy(x => Math.Abs(x - page)));
            }

            _pages[page] = pages.Page(Result, page * PageSize, PageSize);
        }
    }

    public bool IsSelected(int index) => this[index] is { } cell && _selected.Contains(cell.Picture.Id);

    public void Toggle(int index)
    {
        if (Id(index) is { } id && !_selected.Remove(id) && _selected.Count < MostSelected)
        {
            _selected.Add(id);
        }

        _anchor = index;
    }

    /// <summary>Selects from the last toggled place to this one.</summary>
    public void Extend(int index)
    {
        var (first, last) = (Math.Min(_anchor ?? index, index), Math.Max(_anchor ?? index, index));
        _selected.UnionWith(search.Ids(Result, first, Math.Min(last - first + 1, MostSelected - _selected.Count)));
        _anchor = index;
    }

    public void SelectAll() => _selected.UnionWith(search.Ids(Result, 0, MostSelected - _selected.Count));

    public void Clear()
    {
        _selected.Clear();
        _anchor = null;
    }

    /// <summary>What a key at this place is about: the selection, or without one the picture itself.</summary>
    public IReadOnlyCollection<Guid> Meant(int index) => _selected.Count > 0 ? [.. _selected] : Id(index) is { } id ? [id] : [];

    /// <summary>The cells of the selection that are loaded; enough to tell what a button means.</summary>
    public IEnumerable<GalleryCell> SelectedCells => _pages.Values.SelectMany(x => x).Where(x => _selected.Contains(x.Picture.Id));

    private Guid? Id(int index)
    {
        Load(index, 1);
        return this[index]?.Picture.Id;
    }

    private void Find(SearchQuery query, PictureOrder order)
    {
        _pages.Clear();
        Result = search.Find(query, order);
    }

    private IEnumerable<int> Pages(int first, int count)
    {
        var last = Math.Min(first + count, Result.Count) - 1;
        return first > last || first < 0 ? [] : Enumerable.Range(first / PageSize, last / PageSize - first / PageSize + 1);
    }
}

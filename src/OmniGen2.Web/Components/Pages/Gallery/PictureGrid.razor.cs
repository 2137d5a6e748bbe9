using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Components.Pages.Gallery;

/// <summary>A key at a place of the grid.</summary>
public sealed record GridKey(string Key, int Index);

/// <summary>The window on a result of any length.</summary>
public sealed partial class PictureGrid(IJSRuntime browser)
{
    private readonly BrowserModule _module = new(browser, "./grid.js");
    private ElementReference _element;
    private DotNetObjectReference<PictureGrid>? _self;
    private int _columns = 6;
    private int _first;
    private int _last = 3;
    private int _current;

    [Parameter, EditorRequired] public GalleryView View { get; set; } = default!;

    /// <summary>"S", "M" or "L".</summary>
    [Parameter] public string Size { get; set; } = "M";

    /// <summary>The size that was chosen last in this browser.</summary>
    [Parameter] public EventCallback<string> OnSize { get; set; }

    /// <summary>The place of the first picture in sight.</summary>
    [Parameter] public EventCallback<int> OnTop { get; set; }

    [Parameter] public EventCallback<GridKey> OnKey { get; set; }

    [Parameter] public EventCallback OnSelect { get; set; }

    /// <summary>Somebody wants a missing file found.</summary>
    [Parameter] public EventCallback<PictureRow> OnFind { get; set; }

    private int Rows => (View.Result.Count + _columns - 1) / _columns;

    /// <summary>The one cell that Tab reaches: where the focus was, or what is nearest to it now.</summary>
    private int Tab => Math.Clamp(_current, Math.Min(_first * _columns, LastShown), LastShown);

    private int LastShown => Math.Max(0, Math.Min((_last + 1) * _columns, View.Result.Count) - 1);

    public async ValueTask DisposeAsync()
    {
        if (_self is not null)
        {
            await _module.Invoke("stop", _element);
            _self.Dispose();
        }

        await _module.DisposeAsync();
    }

    /// <summary>Shows these rows, as many columns as there is room for.</summary>
    [JSInvokable]
    public async Task Show(int columns, int first, int last, int top)
    {
        (_columns, _first, _last) = (Math.Max(1, columns), Math.Max(0, first), last);
        await OnTop.InvokeAsync(Math.Min(top * _columns, Math.Max(0, View.Result.Count - 1)));
        if (!IsLoaded)
        {
            // First as skeletons: what is far away may take a moment.
            StateHasChanged();
            await Task.Yield();
            LoadShown();
        }

        StateHasChanged();
    }

    [JSInvokable]
    public void Focused(int index)
    {
        _current = index;
        StateHasChanged();
    }

    [JSInvokable]
    public async Task Press(string key, int index, bool shift)
    {
        _current = index;
        switch (key)
        {
            case "x":
                await Pick(index, shift);
                break;
            case "a":
                View.SelectAll();
                await OnSelect.InvokeAsync();
                break;
            default:
                await OnKey.InvokeAsync(new GridKey(key, index));
                break;
        }

        StateHasChanged();
    }

    /// <summary>Brings a place into sight.</summary>
    public async Task GoTo(int index, bool focus = false) => await _module.Invoke("goTo", _element, index, focus);

    public ValueTask Remember(string size) => _module.Invoke("remember", size);

    /// <summary>Lets the browser fetch a file to keep.</summary>
    public ValueTask Download(string address) => _module.Invoke("download", address);

    /// <summary>The search or its pictures are others now.</summary>
    public async Task Renew(bool fromTop)
    {
        _current = fromTop ? 0 : Math.Min(_current, Math.Max(0, View.Result.Count - 1));
        LoadShown();
        StateHasChanged();
        await _module.Invoke("renew", _element, fromTop);
    }

    protected override void OnParametersSet() => LoadShown();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await OnSize.InvokeAsync(await _module.Invoke<string>("size") ?? Size);
            await _module.Invoke("start", _element, _self);
        }
    }

    private bool IsLoaded => View.IsLoaded(_first * _columns, (_last - _first + 1) * _columns);

    private void LoadShown() => View.Load(_first * _columns, (_last - _first + 1) * _columns);

    private async Task Pick(int index, bool shift)
    {
        _current = index;
        if (shift)
        {
            View.Extend(index);
        }
        else
        {
            View.Toggle(index);
        }

        await OnSelect.InvokeAsync();
    }
}

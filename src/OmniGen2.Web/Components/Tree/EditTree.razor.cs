using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tree;

/// <summary>The tree of a picture, live: what is being drawn from one of its pictures stands in it before it is there.</summary>
public sealed partial class EditTree(TreeStore store, JobQueue queue, NavigationManager navigation, IJSRuntime browser) : WatchingComponent, IAsyncDisposable
{
    private readonly HashSet<Guid> _unfolded = [];
    private readonly BrowserModule _module = new(browser, "./tree.js");
    private PictureTree _tree = PictureTree.Empty;
    private IReadOnlyList<TreeRow> _rows = [];
    private IReadOnlySet<Guid> _jobs = new HashSet<Guid>();
    private ElementReference _list;
    private TreeSize? _wanted;
    private Guid? _picked;
    private bool _isPicking;
    private (Guid? Picture, Guid? Origin) _read;
    private bool _isRevealed = true;
    private bool _wasShown;
    private long? _change;

    /// <summary>The picture that is shown, or the job that becomes it.</summary>
    [Parameter, EditorRequired] public Guid? Picture { get; set; }

    /// <summary>A picture of the tree, where the shown one is a job and so has no edges yet.</summary>
    [Parameter] public Guid? Origin { get; set; }

    /// <summary>A picture opens in the Edit tab, to go on from it there.</summary>
    [Parameter] public bool InEdit { get; set; }

    /// <summary>Where there is little room the tree lies over the page, and only when asked for.</summary>
    [Parameter] public bool Shown { get; set; }

    private TreeSize Size => _wanted ?? TreeSizes.For(_rows.Count);

    /// <summary>Where the keyboard comes in.</summary>
    private Guid? Entry => _rows.Any(x => x.Entry.Id == Picture) ? Picture : _rows is [var first, ..] ? first.Entry.Id : null;

    private string Count => _rows.Sum(x => x.Folded) is var count && count == 1 ? "1 picture" : $"{count}{(_tree.IsWhole ? "" : "+")} pictures";

    public ValueTask DisposeAsync()
    {
        Dispose();
        return _module.DisposeAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        _isRevealed &= _wasShown == Shown;
        _wasShown = Shown;
        if (_read != (Picture, Origin))
        {
            _read = (Picture, Origin);
            _isRevealed = false;
            await Read();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isRevealed && _rows.Count > 0)
        {
            _isRevealed = true;
            await _module.Invoke("reveal", _list);
        }

        if (firstRender)
        {
            await Task.WhenAll(Follow(queue.Watch, OnQueue), Follow(store.Watch, OnChange));
        }
    }

    private static IEnumerable<Job> JobsOf(QueueState state) => state.AtWork.Concat(state.Waiting);

    private async Task Read()
    {
        _tree = (Origin ?? Picture) is { } picture ? await store.Of(picture, cancellationToken: Closed) : PictureTree.Empty;
        Arrange();
    }

    private Task OnQueue(QueueState state)
    {
        var known = _tree.Nodes.Select(x => x.Id).ToHashSet();
        var jobs = JobsOf(state).Where(x => TreeEntry.Of(x) is { } entry && entry.Parents.Any(known.Contains)).Select(x => x.Id).ToHashSet();
        var hasEnded = _jobs.Except(jobs).Any();
        _jobs = jobs;
        if (hasEnded)
        {
            return Read();
        }

        Arrange();
        return Task.CompletedTask;
    }

    private Task OnChange(long change)
    {
        var isNew = _change is { } known && known != change;
        _change = change;
        return isNew ? Read() : Task.CompletedTask;
    }

    private void Arrange()
    {
        var nodes = _tree.Nodes.Select(TreeEntry.Of).ToList();
        var known = nodes.Select(x => x.Id).ToHashSet();
        var coming = JobsOf(queue.State).Where(x => !known.Contains(x.Id)).Select(TreeEntry.Of).OfType<TreeEntry>().Where(x => x.Parents.Any(known.Contains));
        _rows = TreeLayout.Rows([.. nodes, .. coming], Picture, _unfolded);
    }

    /// <summary>The words of the other pictures that this one was made from.</summary>
    private IReadOnlyList<string> BesideOf(TreeRow row) =>
        [.. row.Entry.Parents.Where(x => x != row.Parent).Select(x => _tree.Beside.GetValueOrDefault(x) ?? _tree.Nodes.FirstOrDefault(y => y.Id == x))
            .OfType<TreeNode>().Select(x => TreeEntry.Of(x).Words)];

    private void Resize(int by) => _wanted = Size.Other(by);

    private void TurnPicking()
    {
        _isPicking = !_isPicking;
        _picked = null;
    }

    private void Pick(TreeEntry entry)
    {
        if (entry.State != TreeNodeState.Here || entry.Job is not null)
        {
            return;
        }

        switch (_picked)
        {
            case null:
                (_isPicking, _picked) = (true, entry.Id);
                break;
            case { } same when same == entry.Id:
                _picked = null;
                break;
            case { } first:
                (_isPicking, _picked) = (false, null);
                navigation.NavigateTo(Links.Compare(first, entry.Id));
                break;
        }
    }

    private void Fold(TreeEntry entry)
    {
        if (entry.Batch is { } batch && !_unfolded.Remove(batch))
        {
            _unfolded.Add(batch);
        }

        Arrange();
    }
}

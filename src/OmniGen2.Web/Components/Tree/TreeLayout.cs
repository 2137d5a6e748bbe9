using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tree;

/// <summary>
/// Lays a family out in rows. Children stand in the order of time, except that the one with the longest line of edits below it comes last and stays in
/// its parent's column; so a picture that was edited forty times over is a straight line, and every other try is a short branch beside it. An entry with
/// several parents stands under one of them.
/// </summary>
public sealed class TreeLayout
{
    private readonly Dictionary<Guid, TreeEntry> _entries;
    private readonly ILookup<Guid, TreeEntry> _children;
    private readonly Dictionary<Guid, int> _heights = [];
    private readonly Guid? _current;
    private readonly IReadOnlySet<Guid> _unfolded;
    private readonly HashSet<Guid> _placed = [];
    private readonly List<TreeRow> _rows = [];

    private TreeLayout(IEnumerable<TreeEntry> entries, Guid? current, IReadOnlySet<Guid> unfolded)
    {
        (_current, _unfolded) = (current, unfolded);
        _entries = entries.DistinctBy(x => x.Id).ToDictionary(x => x.Id);
        _children = _entries.Values.Where(x => ParentOf(x) is not null).OrderBy(x => x.At ?? DateTimeOffset.MinValue).ThenBy(x => x.Id).ToLookup(x => ParentOf(x)!.Value);
    }

    /// <param name="entries">In any order.</param>
    /// <param name="current">Never folded away.</param>
    /// <param name="unfolded">The batches whose pictures are shown one by one.</param>
    public static IReadOnlyList<TreeRow> Rows(IEnumerable<TreeEntry> entries, Guid? current = null, IReadOnlySet<Guid>? unfolded = null)
    {
        var layout = new TreeLayout(entries, current, unfolded ?? new HashSet<Guid>());
        var all = layout._entries.Values.OrderBy(x => x.At ?? DateTimeOffset.MinValue).ThenBy(x => x.Id).ToList();
        foreach (var root in all.Where(x => layout.ParentOf(x) is null))
        {
            layout.Place(root);
        }

        // What is left came of itself, which only a damaged index says: its oldest stands for the root.
        foreach (var entry in all.Where(x => !layout._placed.Contains(x.Id)))
        {
            layout.Place(entry);
        }

        return layout._rows;
    }

    private Guid? ParentOf(TreeEntry entry) => entry.MainParent(x => x != entry.Id && _entries.ContainsKey(x));

    /// <summary>The root and all below it, without recursion: a line of edits may be longer than the stack is deep.</summary>
    private void Place(TreeEntry root)
    {
        Measure(root);
        var waiting = new Stack<(TreeRow Row, int ParentAt)>();
        waiting.Push((new TreeRow(root, Parent: null, Level: 1, Column: 0, Passed: 0), ParentAt: 0));
        while (waiting.TryPop(out var next))
        {
            if (!_placed.Add(next.Row.Entry.Id))
            {
                continue;
            }

            var at = _rows.Count;
            var row = next.Row with { Passed = Math.Max(0, at - next.ParentAt - 1) };
            _rows.Add(row);
            foreach (var child in Children(row).Reverse())
            {
                waiting.Push((child, at));
            }
        }
    }

    private IEnumerable<TreeRow> Children(TreeRow parent)
    {
        var children = Fold([.. _children[parent.Entry.Id].Where(x => !_placed.Contains(x.Id))]);
        // The last of the longest, so that of equals the newest stays in line.
        if (children.Count > 1 && children.FindLastIndex(x => Height(x.Entry) == children.Max(y => Height(y.Entry))) is var longest && longest < children.Count - 1)
        {
            var line = children[longest];
            children.RemoveAt(longest);
            children.Add(line);
        }

        return children.Select((x, i) => new TreeRow(x.Entry, parent.Entry.Id, parent.Level + 1, parent.Column + (i < children.Count - 1 ? 1 : 0), Passed: 0)
        {
            IsBranch = i < children.Count - 1,
            Place = i + 1,
            Siblings = children.Count,
            Folded = x.Count,
            IsUnfolded = x.IsUnfolded,
        });
    }

    /// <summary>Pictures of one batch from which nobody went on take one row together, and so do those of it that still wait.</summary>
    private List<(TreeEntry Entry, int Count, bool IsUnfolded)> Fold(IReadOnlyList<TreeEntry> children)
    {
        var rows = new List<(TreeEntry, int, bool)>();
        foreach (var group in children.GroupBy(x => MayFold(x) ? (x.Batch!.Value, x.Job is null) : (x.Id, false)))
        {
            var isUnfolded = group.Count() > 1 && _unfolded.Contains(group.Key.Item1);
            var shown = isUnfolded ? group.ToList() : [group.First()];
            _placed.UnionWith(group.Except(shown).Select(x => x.Id));
            rows.AddRange(shown.Select((x, i) => (x, isUnfolded ? 1 : group.Count(), isUnfolded && i == 0)));
        }

        return rows;
    }

    private bool MayFold(TreeEntry entry) =>
        entry is { Batch: not null, Job: not { Latest: JobUpdate.Working } } && entry.Id != _current && !_children[entry.Id].Any();

    private int Height(TreeEntry entry) => _heights.GetValueOrDefault(entry.Id);

    /// <summary>How many generations come after each entry below this one.</summary>
    private void Measure(TreeEntry root)
    {
        var (found, seen) = (new List<TreeEntry> { root }, new HashSet<Guid> { root.Id });
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(_children[found[i].Id].Where(x => seen.Add(x.Id)));
        }

        foreach (var entry in Enumerable.Reverse(found))
        {
            _heights[entry.Id] = _children[entry.Id].Where(x => x != entry).Select(x => Height(x) + 1).DefaultIfEmpty().Max();
        }
    }
}

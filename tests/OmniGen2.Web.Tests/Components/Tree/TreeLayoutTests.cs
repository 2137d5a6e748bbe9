using OmniGen2.Web.Components.Tree;
using OmniGen2.Web.History;
using OmniGen2.Web.Tests.History;

namespace OmniGen2.Web.Tests.Components.Tree;

/// <summary>Rows and columns of the drawn tree. An entry is known by its words.</summary>
public sealed class TreeLayoutTests
{
    private readonly Dictionary<string, TreeEntry> _entries = [];

    [Fact]
    public void Line_of_edits_is_straight_and_other_tries_stand_beside_it()
    {
        Add("night");
        Add("remove the ring", "night");
        Add("add a heart", "night");
        Add("stripes", "add a heart");
        Add("sunset", "add a heart");
        Add("dots", "sunset");
        Assert.Equal(
            ["0 night", "  1 remove the ring", "0 add a heart ↑1", "  1 stripes", "0 sunset ↑1", "0 dots"],
            Drawn());
    }

    [Fact]
    public void New_try_does_not_move_the_line_that_is_there()
    {
        Add("root");
        Add("first", "root");
        Add("second", "first");
        Add("late", "root");
        Assert.Equal(["0 root", "  1 late", "0 first ↑1", "0 second"], Drawn());
    }

    [Fact]
    public void Branch_of_a_branch_moves_further_and_its_line_passes_what_lies_between()
    {
        Add("root");
        Add("a", "root");
        Add("a1", "a");
        Add("a2", "a");
        Add("b", "root");
        Add("b1", "b");
        Add("b2", "b1");
        Assert.Equal(["0 root", "  1 a", "    2 a1", "  1 a2 ↑1", "0 b ↑3", "0 b1", "0 b2"], Drawn());
        var row = Rows().Single(x => x.Entry.Words == "a2");
        Assert.Equal((3, 2, 2), (row.Level, row.Place, row.Siblings));
    }

    [Fact]
    public void Composition_stands_under_its_first_parent_once()
    {
        Add("first");
        Add("second");
        Add("both", "second", "first");
        Assert.Equal(["0 first", "0 second", "0 both"], Drawn());
    }

    [Fact]
    public void Picture_from_a_step_stands_under_the_picture_whose_step_it_was()
    {
        Add("source");
        Add("edit", "source");
        Add("goes on", "source", "edit");
        _entries["goes on"] = _entries["goes on"] with { IsFromStep = true };
        Assert.Equal(["0 source", "0 edit", "0 goes on"], Drawn());
    }

    [Fact]
    public void Batch_takes_one_row_until_it_is_unfolded_or_gone_on_from()
    {
        var batch = Guid.NewGuid();
        Add("root");
        foreach (var words in (string[])["one", "two", "three", "four"])
        {
            Add(words, "root");
            _entries[words] = _entries[words] with { Batch = batch };
        }

        Assert.Equal(["0 root", "0 one ×4"], Drawn());
        Assert.Equal(["0 root", "  1 one ×3", "0 two ↑1"], Drawn(current: "two"));
        Assert.Equal(["0 root", "  1 one", "  1 two ↑1", "  1 three ↑2", "0 four ↑3"], Rows(unfolded: batch).Select(Text));
        Add("edit", "three");
        Assert.Equal(["0 root", "  1 one ×3", "0 three ↑1", "0 edit"], Drawn());
    }

    [Fact]
    public void Pictures_that_came_of_each_other_are_all_drawn_once()
    {
        Add("a");
        Add("b", "a");
        Add("c", "b");
        _entries["a"] = _entries["a"] with { Parents = [_entries["c"].Id] };
        Add("own", "own");
        Assert.Equal(["0 own", "0 a", "0 b", "0 c"], Drawn());
    }

    [Fact]
    public void Line_of_many_thousand_edits_is_drawn()
    {
        Add("0");
        for (var i = 1; i < 20_000; i++)
        {
            Add($"{i}", $"{i - 1}");
        }

        var rows = Rows();
        Assert.Equal((20_000, 20_000, 0), (rows.Count, rows[^1].Level, rows.Max(x => x.Column)));
    }

    [Fact]
    public void Trashed_and_lost_pictures_keep_their_children()
    {
        Add("root");
        Add("trashed", "root");
        Add("lost", "trashed");
        Add("edit", "lost");
        _entries["trashed"] = _entries["trashed"] with { State = TreeNodeState.InTrash };
        _entries["lost"] = _entries["lost"] with { State = TreeNodeState.Gone, At = null };
        Assert.Equal(["0 root", "0 trashed", "0 lost", "0 edit"], Drawn());
    }

    private static string Text(TreeRow row) =>
        $"{new string(' ', 2 * row.Column)}{row.Column} {row.Entry.Words}{(row.Folded > 1 ? $" ×{row.Folded}" : "")}{(row.Passed > 0 ? $" ↑{row.Passed}" : "")}";

    private void Add(string words, params string[] parents)
    {
        var entry = new TreeEntry(Guid.NewGuid(), words, PictureKind.Edited, Some.Noon.AddMinutes(_entries.Count), Parents: []);
        _entries[words] = entry;
        _entries[words] = entry with { Parents = [.. parents.Select(x => _entries[x].Id)] };
    }

    private IReadOnlyList<TreeRow> Rows(string? current = null, Guid? unfolded = null) =>
        TreeLayout.Rows(_entries.Values.Reverse(), current is null ? null : _entries[current].Id, unfolded is { } batch ? new HashSet<Guid> { batch } : null);

    private IEnumerable<string> Drawn(string? current = null) => Rows(current).Select(Text);
}

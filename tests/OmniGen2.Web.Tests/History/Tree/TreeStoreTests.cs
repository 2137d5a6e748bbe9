using OmniGen2.Web.History;

namespace OmniGen2.Web.Tests.History.Tree;

/// <summary>The family of a picture, read from the edges.</summary>
public sealed class TreeStoreTests
{
    [Fact]
    public async Task Tree_of_any_node_is_the_whole_family()
    {
        await using var studio = await TestStudio.Start(new FakePipeline());
        var (root, left, right, leaf, stranger) = (Some.Picture("root"), Some.Picture("left"), Some.Picture("right"), Some.Picture("leaf"), Some.Picture("stranger"));
        await studio.Keep(root, left, right, leaf, stranger);
        await studio.Link((left, root), (right, root), (leaf, right));
        foreach (var picture in new[] { root, left, right, leaf })
        {
            var tree = await Of(studio, picture);
            Assert.Equal(picture.Id, tree.Nodes[0].Id);
            Assert.Equal(["leaf", "left", "right", "root"], Words(tree));
            Assert.True(tree.IsWhole);
        }

        Assert.Equal(["stranger"], Words(await Of(studio, stranger)));
    }

    [Fact]
    public async Task Composition_stands_in_the_trees_of_all_its_parents()
    {
        await using var studio = await TestStudio.Start(new FakePipeline());
        var (first, second, both, edit) = (Some.Picture("first"), Some.Picture("second"), Some.Picture("both", kind: PictureKind.Composed), Some.Picture("edit"));
        await studio.Keep(first, second, both, edit);
        await studio.Link((both, first), (both, second), (edit, second));
        var fromChild = await Of(studio, both);
        Assert.Equal(["both", "edit", "first", "second"], Words(fromChild));
        Assert.Equal([first.Id, second.Id], fromChild.Nodes[0].Parents);

        var fromFirst = await Of(studio, first);
        Assert.Equal(["both", "first"], Words(fromFirst));
        Assert.Equal("second", Assert.Single(fromFirst.Beside).Value.Picture!.Prompt);
    }

    [Fact]
    public async Task What_was_lost_keeps_its_place()
    {
        await using var studio = await TestStudio.Start(new FakePipeline());
        var job = await studio.Queue.Enqueue(TestStudio.Request("here"));
        await job.Completion();
        var here = (await studio.Images.Find(job.Id, default))!;
        var (trashed, missing, gone, deadEnd) = (Some.Picture("trashed"), Some.Picture("missing"), Guid.NewGuid(), Guid.NewGuid());
        trashed.DeletedAt = DateTimeOffset.UtcNow;           // what lies in the trash for long is swept out of it
        await studio.Keep(trashed, missing);
        await studio.Link((trashed.Id, here.Id), (missing.Id, trashed.Id), (here.Id, gone), (deadEnd, here.Id), (Guid.NewGuid(), deadEnd));
        var tree = await Of(studio, missing);
        Assert.Equal(
            new Dictionary<Guid, TreeNodeState>
            {
                [missing.Id] = TreeNodeState.FileMissing,
                [trashed.Id] = TreeNodeState.InTrash,
                [here.Id] = TreeNodeState.Here,
                [gone] = TreeNodeState.Gone,
            },
            tree.Nodes.ToDictionary(x => x.Id, x => x.State));
    }

    [Fact]
    public async Task Pictures_that_came_of_each_other_end_the_search()
    {
        await using var studio = await TestStudio.Start(new FakePipeline());
        var (a, b, c) = (Some.Picture("a"), Some.Picture("b"), Some.Picture("c"));
        await studio.Keep(a, b, c);
        await studio.Link((a, b), (b, c), (c, a), (a, a));
        Assert.Equal(["a", "b", "c"], Words(await Of(studio, b)));
    }

    [Fact]
    public async Task Picture_from_which_very_many_were_made_shows_itself_and_some_of_the_newest()
    {
        await using var studio = await TestStudio.Start(new FakePipeline());
        var (hub, children) = (Some.Picture("hub"), Enumerable.Range(0, 100).Select(i => Some.Picture($"{i:00}")).ToArray());
        await studio.Keep([hub, .. children]);
        foreach (var child in children)
        {
            await studio.Link((child, hub));
        }

        var tree = await studio.Service<TreeStore>().Of(children[7].Id, most: 5);
        Assert.Equal(["07", "hub"], Words(tree).Where(x => string.CompareOrdinal(x, "94") < 0 || x == "hub"));
        Assert.Equal(5, tree.Nodes.Count);
        Assert.False(tree.IsWhole);
    }

    [Fact]
    public async Task Large_family_is_cut_at_its_farthest()
    {
        await using var studio = await TestStudio.Start(new FakePipeline());
        var chain = Enumerable.Range(0, 2000).Select(i => Some.Picture($"{i:0000}")).ToArray();
        await studio.Keep(chain);
        await studio.Link([.. chain.Zip(chain.Skip(1), (parent, child) => (child, parent))]);
        var tree = await studio.Service<TreeStore>().Of(chain[1000].Id, most: 11);
        Assert.Equal(Enumerable.Range(990, 11).Select(i => $"{i:0000}"), Words(tree));
        Assert.False(tree.IsWhole);

        var whole = await studio.Service<TreeStore>().Of(chain[5].Id, most: 2000);
        Assert.Equal((2000, true), (whole.Nodes.Count, whole.IsWhole));
    }

    private static Task<PictureTree> Of(TestStudio studio, PictureRow picture) => studio.Service<TreeStore>().Of(picture.Id);

    private static IEnumerable<string> Words(PictureTree tree) => tree.Nodes.Select(x => x.Picture!.Prompt).Order(StringComparer.Ordinal);
}

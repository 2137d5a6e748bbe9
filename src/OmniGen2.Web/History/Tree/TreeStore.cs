using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>
/// Reads the family of a picture along its edges. Each direction is one statement, however deep it goes; a set is grown, never a path, so that pictures
/// which came of each other, as only a damaged index can say, end the search instead of keeping it busy.
/// </summary>
public sealed class TreeStore(IDbContextFactory<HistoryDb> history, ImageStore images, Gallery gallery)
{
    /// <summary>More than anybody reads, and little to draw.</summary>
    public const int MostNodes = 600;

    /// <summary>Now, and whenever any tree may be another one: a picture is new, went to the trash or came back.</summary>
    public IAsyncEnumerable<long> Watch(CancellationToken cancellationToken) => gallery.Watch(cancellationToken);

    /// <summary>The tree of a picture, also of one that is no longer there; alone when nothing is known of its kin.</summary>
    /// <param name="picture">Any picture of the tree.</param>
    /// <param name="most">How many nodes at the most, 1 or more; the nearest kin come first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PictureTree> Of(Guid picture, int most = MostNodes, CancellationToken cancellationToken = default)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        // One more than wanted tells whether there is more.
        var (kin, limit) = (new List<Guid>(), most + 1);
        foreach (var part in (FormattableString[])[Ancestors(picture, limit), Descendants(picture, limit), Family(picture, limit)])
        {
            kin = [.. kin.Concat(await db.Database.SqlQuery<Guid>(part).ToListAsync(cancellationToken)).Distinct()];
            if (kin.Count > most)
            {
                break;
            }
        }

        var isWhole = kin.Count <= most;
        return await Tree(db, picture, [.. kin.Take(most)], isWhole, cancellationToken);
    }

    // SQLite takes rows out of a recursion in the order in which they came in: nearest first.
    private static FormattableString Ancestors(Guid picture, int limit) =>
        $"""
         WITH RECURSIVE up(Value) AS (
           SELECT {picture} UNION SELECT edge.ParentId FROM up JOIN Parents AS edge ON edge.PictureId = up.Value LIMIT {limit})
         SELECT Value FROM up
         """;

    // Of a picture from which a hundred thousand were made, only the newest are looked at: the outer limit alone would come after all of them.
    private static FormattableString Descendants(Guid picture, int limit) =>
        $"""
         WITH RECURSIVE down(Value) AS (
           SELECT {picture} UNION SELECT edge.PictureId FROM down JOIN Parents AS edge ON edge.rowid IN (
             SELECT rowid FROM Parents WHERE ParentId = down.Value ORDER BY rowid DESC LIMIT {limit}) LIMIT {limit})
         SELECT Value FROM down
         """;

    private static FormattableString Family(Guid picture, int limit) =>
        $"""
         WITH RECURSIVE up(Value) AS (
           SELECT {picture} UNION SELECT edge.ParentId FROM up JOIN Parents AS edge ON edge.PictureId = up.Value LIMIT {limit}),
         family(Value) AS (
           SELECT Value FROM up UNION SELECT edge.PictureId FROM family JOIN Parents AS edge ON edge.rowid IN (
             SELECT rowid FROM Parents WHERE ParentId = family.Value ORDER BY rowid DESC LIMIT {limit}) LIMIT {limit})
         SELECT Value FROM family
         """;

    private async Task<PictureTree> Tree(HistoryDb db, Guid picture, List<Guid> kin, bool isWhole, CancellationToken cancellationToken)
    {
        var edges = await db.Parents.AsNoTracking().Where(x => kin.Contains(x.PictureId)).OrderBy(x => x.Position).ToListAsync(cancellationToken);
        var parents = edges.ToLookup(x => x.PictureId, x => x.ParentId);
        var beside = isWhole ? [.. edges.Select(x => x.ParentId).Except(kin)] : new List<Guid>();
        var all = kin.Concat(beside).ToList();
        var rows = await db.Pictures.AsNoTracking().Where(x => all.Contains(x.Id)).ToDictionaryAsync(x => x.Id, cancellationToken);
        var verdicts = await db.Verdicts.AsNoTracking().Where(x => all.Contains(x.PictureId)).ToDictionaryAsync(x => x.PictureId, cancellationToken);
        return new PictureTree(picture, Pruned([.. kin.Select(Node)], picture), beside.ToDictionary(x => x, Node), isWhole);

        TreeNode Node(Guid id)
        {
            var row = rows.GetValueOrDefault(id);
            return new TreeNode(id, row, StateOf(row), [.. parents[id]]) { Verdict = verdicts.GetValueOrDefault(id) };
        }
    }

    /// <summary>Without what is gone for good and led to nothing that is left.</summary>
    private static List<TreeNode> Pruned(List<TreeNode> nodes, Guid picture)
    {
        int before;
        do
        {
            before = nodes.Count;
            var parents = nodes.SelectMany(x => x.Parents).ToHashSet();
            nodes.RemoveAll(x => x.State == TreeNodeState.Gone && x.Id != picture && !parents.Contains(x.Id));
        }
        while (nodes.Count < before);
        return nodes;
    }

    private TreeNodeState StateOf(PictureRow? picture) => picture switch
    {
        null => TreeNodeState.Gone,
        { DeletedAt: not null } => TreeNodeState.InTrash,
        _ => images.FileOf(picture) is null ? TreeNodeState.FileMissing : TreeNodeState.Here,
    };
}

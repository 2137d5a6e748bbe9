using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>The pictures of a result with all that their cells say.</summary>
public sealed class GalleryPages(IDbContextFactory<HistoryDb> history, PictureSearch search, ImageStore images)
{
    // Upwards and downwards from a picture until nothing is new; UNION, so that a circle ends.
    private const string TreeSize = """
        WITH RECURSIVE tree(Id) AS (
          VALUES ($id)
          UNION SELECT p.PictureId FROM Parents AS p JOIN tree ON p.ParentId = tree.Id
          UNION SELECT p.ParentId FROM Parents AS p JOIN tree ON p.PictureId = tree.Id
          LIMIT $most)
        SELECT count(*) FROM tree JOIN Pictures ON Pictures.Id = tree.Id WHERE $owner IS NULL OR Pictures.Owner = $owner
        """;

    public IReadOnlyList<GalleryCell> Page(SearchResult result, int start, int count)
    {
        var pictures = search.Page(result, start, count);
        var trees = TreeSizes([.. pictures.Select(x => x.Id)]);
        return [.. pictures.Select(x => new GalleryCell(x, images.FileOf(x) is null, trees.GetValueOrDefault(x.Id, 1)))];
    }

    private Dictionary<Guid, int> TreeSizes(List<Guid> pictures)
    {
        using var db = history.CreateDbContext();
        var connected = db.Parents.Where(x => pictures.Contains(x.PictureId)).Select(x => x.PictureId)
            .Union(db.Parents.Where(x => pictures.Contains(x.ParentId)).Select(x => x.ParentId)).ToList();
        if (connected.Count == 0)
        {
            return [];
        }

        db.Database.OpenConnection();
        using var command = ((SqliteConnection)db.Database.GetDbConnection()).CreateCommand();
        command.CommandText = TreeSize;
        var id = command.Parameters.Add("$id", SqliteType.Text);
        command.Parameters.AddWithValue("$most", GalleryCell.MostCounted);
        // Of pictures that are another's nobody learns how many there are.
        command.Parameters.AddWithValue("$owner", db.Asker.Id ?? (object)DBNull.Value);
        return connected.ToDictionary(x => x, x =>
        {
            id.Value = x;
            return (int)(long)command.ExecuteScalar()!;
        });
    }
}

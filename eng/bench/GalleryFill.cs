using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OmniGen2.Imaging;
using OmniGen2.Web.History;

namespace OmniGen2.Bench;

/// <summary>Fills the database with pictures of three years, in one transaction and through the studio's own triggers.</summary>
internal static class GalleryFill
{
    private const int Boards = 10;
    private static readonly DateTimeOffset Newest = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static async Task Fill(IServiceProvider services, int pictures)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<HistoryDb>>().CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        // Nobody minds if this database is lost with the power.
        await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous = OFF");
        var boards = Enumerable.Range(0, Boards).Select(x => new BoardRow { Id = Guid.NewGuid(), Name = $"Board {x}", CreatedAt = Newest }).ToList();
        db.Boards.AddRange(boards);
        await db.SaveChangesAsync();

        await using var transaction = await db.Database.BeginTransactionAsync();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        using var insert = new Insert(connection);
        var random = new Random(1);
        var earlier = Guid.Empty;
        for (var i = 0; i < pictures; i++)
        {
            var created = Newest.AddMilliseconds(-1L * (pictures - i) * (3L * 365 * 24 * 3600 * 1000 / pictures) + random.Next(1000));
            earlier = insert.Picture(random, created, earlier, boards);
        }

        await transaction.CommitAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>The prepared statements of one fill.</summary>
    private sealed class Insert(SqliteConnection connection) : IDisposable
    {
        private readonly SqliteCommand _picture = Prepare(connection, """
            INSERT INTO Pictures (Id, Kind, IsPartial, IsStarred, Rating, DeletedAt, Description, CreatedAt, File, Width, Height, Prompt, NegativePrompt, Seed,
              Metadata, Model, DurationMilliseconds, Bytes, Sha256)
            VALUES ($id, $kind, $partial, $starred, $rating, $deleted, $description, $created, $file, $width, $height, $prompt, $negative, $seed,
              $metadata, $model, 12000, 1400000, $sha)
            """);

        private readonly SqliteCommand _tag = Prepare(connection, "INSERT INTO Tags (PictureId, Tag) VALUES ($id, $tag)");
        private readonly SqliteCommand _board = Prepare(connection, "INSERT INTO BoardPictures (BoardId, PictureId, AddedAt) VALUES ($board, $id, 0)");
        private readonly SqliteCommand _parent = Prepare(connection, "INSERT INTO Parents (PictureId, Position, ParentId) VALUES ($id, 0, $parent)");

        public Guid Picture(Random random, DateTimeOffset created, Guid earlier, List<BoardRow> boards)
        {
            var id = Guid.NewGuid();
            var edited = random.Next(4) == 0 && earlier != Guid.Empty;
            var (width, height) = random.Next(3) switch { 0 => (1024, 768), 1 => (768, 1024), _ => (1024, 1024) };
            var request = new GenerationRequest
            {
                Prompt = BenchWords.Prompt(random),
                NegativePrompt = random.Next(10) < 7 ? "blurry, low quality, deformed hands, extra fingers, watermark" : "",
                Seed = random.Next(1_000_000),
                Width = width,
                Height = height,
            };
            var model = random.Next(5) == 0 ? "omnigen2" : "omnigen2-mini";
            Execute(_picture, id, ("$kind", edited ? "Edited" : "Created"), ("$partial", random.Next(50) == 0), ("$starred", random.Next(60) == 0),
                ("$rating", Math.Max(0, random.Next(16) - 10)), ("$deleted", random.Next(100) == 0 ? created.ToUnixTimeMilliseconds() : DBNull.Value),
                ("$description", random.Next(5) == 0 ? "The picture shows " + BenchWords.Prompt(random) : DBNull.Value), ("$created", created.ToUnixTimeMilliseconds()),
                ("$file", $"{created:yyyy'/'MM}/{id:N}.png"), ("$width", width), ("$height", height), ("$prompt", request.Prompt), ("$negative", request.NegativePrompt),
                ("$seed", request.Seed), ("$metadata", new GenerationMetadata { Request = request, Model = model, Created = created }.ToJson()), ("$model", model),
                ("$sha", Convert.ToHexStringLower(id.ToByteArray()) + Convert.ToHexStringLower(id.ToByteArray())));
            Relate(random, id, edited ? earlier : null, boards);
            return id;
        }

        public void Dispose()
        {
            foreach (var command in new[] { _picture, _tag, _board, _parent })
            {
                command.Dispose();
            }
        }

        private void Relate(Random random, Guid id, Guid? parent, List<BoardRow> boards)
        {
            if (parent is not null)
            {
                Execute(_parent, id, ("$parent", parent.Value));
            }

            if (random.Next(8) == 0)
            {
                Execute(_tag, id, ("$tag", BenchWords.Tags[random.Next(BenchWords.Tags.Length)]));
            }

            if (random.Next(20) == 0)
            {
                Execute(_board, id, ("$board", boards[random.Next(boards.Count)].Id));
            }
        }

        private static SqliteCommand Prepare(SqliteConnection connection, string sql)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            return command;
        }

        private static void Execute(SqliteCommand command, Guid id, params (string Name, object Value)[] values)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$id", id);
            foreach (var (name, value) in values)
            {
                command.Parameters.AddWithValue(name, value);
            }

            command.ExecuteNonQuery();
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OmniGen2.Web.History.Migrations
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Marks",
                table: "Pictures",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "Number",
                table: "Pictures",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "TagWords",
                table: "Pictures",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql(NumberAll);

            migrationBuilder.CreateIndex(
                name: "IX_Pictures_Number",
                table: "Pictures",
                column: "Number",
                unique: true);

            migrationBuilder.Sql(CreateIndex);
            migrationBuilder.Sql(CreateView);
            migrationBuilder.Sql(MarkAll);
            migrationBuilder.Sql(CreateTriggers);
            migrationBuilder.Sql(UpdatedTrigger);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(DropAll);

            migrationBuilder.DropIndex(
                name: "IX_Pictures_Number",
                table: "Pictures");

            migrationBuilder.DropColumn(
                name: "Marks",
                table: "Pictures");

            migrationBuilder.DropColumn(
                name: "Number",
                table: "Pictures");

            migrationBuilder.DropColumn(
                name: "TagWords",
                table: "Pictures");
        }

        // A picture's number grows with its time, so that the index gives pictures by time without sorting them: the millisecond, then 20 bits for those
        // of the same one.
        private const string NumberAll = """
            UPDATE Pictures SET Number = n.Number FROM
              (SELECT Id, (CreatedAt << 20) + row_number() OVER (PARTITION BY CreatedAt ORDER BY Id) - 1 AS Number FROM Pictures) AS n
            WHERE n.Id = Pictures.Id;
            """;

        private const string CreateIndex = """
            CREATE VIRTUAL TABLE PictureSearch USING fts5(
              Prompt, NegativePrompt, TagWords, Description, Model, Marks,
              content='Pictures', content_rowid='Number', columnsize=0, tokenize='porter unicode61 remove_diacritics 2');
            """;

        // What is not words but can be searched for, one token each. A closing 0 keeps the stemmer off tokens that end in letters.
        internal const string CreateView = """
            CREATE VIEW PictureMarks AS SELECT
              p.Id,
              coalesce((SELECT group_concat(t.Tag, ' ') FROM Tags AS t WHERE t.PictureId = p.Id), '') AS TagWords,
              CASE WHEN p.DeletedAt IS NOT NULL THEN 'trashed0' WHEN p.Kind = 'Upload' THEN 'kept0' ELSE 'kept0 made0' END
                || ' kind' || p.Kind || '0'
                || CASE WHEN p.IsStarred THEN ' starred0' ELSE '' END
                || CASE WHEN p.IsPartial THEN ' partial0' ELSE '' END
                || ' rating' || p.Rating || ' seed' || p.Seed || ' size' || p.Width || 'x' || p.Height
                || coalesce((SELECT ' ' || group_concat('tag' || hex(t.Tag) || '0', ' ') FROM Tags AS t WHERE t.PictureId = p.Id), '')
                || coalesce((SELECT ' ' || group_concat('board' || replace(b.BoardId, '-', '') || '0', ' ') FROM BoardPictures AS b WHERE b.PictureId = p.Id), '')
                AS Marks
            FROM Pictures AS p;
            """;

        private const string MarkAll = """
            UPDATE Pictures SET (TagWords, Marks) = (SELECT m.TagWords, m.Marks FROM PictureMarks AS m WHERE m.Id = Pictures.Id);
            INSERT INTO PictureSearch(PictureSearch) VALUES ('rebuild');
            """;

        // To take a picture out, the index must be told exactly what it was told before: the row as it was. The triggers write no column that fires them.
        private const string CreateTriggers = """
            CREATE TRIGGER Pictures_Inserted AFTER INSERT ON Pictures BEGIN
              UPDATE Pictures SET
                Number = (SELECT coalesce(max(x.Number) + 1, NEW.CreatedAt << 20) FROM Pictures AS x
                  WHERE x.Number BETWEEN NEW.CreatedAt << 20 AND ((NEW.CreatedAt + 1) << 20) - 1),
                (TagWords, Marks) = (SELECT m.TagWords, m.Marks FROM PictureMarks AS m WHERE m.Id = NEW.Id)
              WHERE Id = NEW.Id;
              INSERT INTO PictureSearch(rowid, Prompt, NegativePrompt, TagWords, Description, Model, Marks)
                SELECT Number, Prompt, NegativePrompt, TagWords, Description, Model, Marks FROM Pictures WHERE Id = NEW.Id;
            END;

            CREATE TRIGGER Pictures_Deleted AFTER DELETE ON Pictures BEGIN
              INSERT INTO PictureSearch(PictureSearch, rowid, Prompt, NegativePrompt, TagWords, Description, Model, Marks)
                VALUES ('delete', OLD.Number, OLD.Prompt, OLD.NegativePrompt, OLD.TagWords, OLD.Description, OLD.Model, OLD.Marks);
              DELETE FROM Tags WHERE PictureId = OLD.Id;
              DELETE FROM BoardPictures WHERE PictureId = OLD.Id;
            END;

            CREATE TRIGGER Tags_Inserted AFTER INSERT ON Tags BEGIN
              UPDATE Pictures SET Kind = Kind WHERE Id = NEW.PictureId;
            END;
            CREATE TRIGGER Tags_Deleted AFTER DELETE ON Tags BEGIN
              UPDATE Pictures SET Kind = Kind WHERE Id = OLD.PictureId;
            END;
            CREATE TRIGGER BoardPictures_Inserted AFTER INSERT ON BoardPictures BEGIN
              UPDATE Pictures SET Kind = Kind WHERE Id = NEW.PictureId;
            END;
            CREATE TRIGGER BoardPictures_Deleted AFTER DELETE ON BoardPictures BEGIN
              UPDATE Pictures SET Kind = Kind WHERE Id = OLD.PictureId;
            END;
            """;

        internal const string UpdatedTrigger = """
            CREATE TRIGGER Pictures_Updated
            AFTER UPDATE OF Prompt, NegativePrompt, Description, Model, Kind, IsStarred, IsPartial, Rating, DeletedAt, Seed, Width, Height ON Pictures BEGIN
              INSERT INTO PictureSearch(PictureSearch, rowid, Prompt, NegativePrompt, TagWords, Description, Model, Marks)
                VALUES ('delete', OLD.Number, OLD.Prompt, OLD.NegativePrompt, OLD.TagWords, OLD.Description, OLD.Model, OLD.Marks);
              UPDATE Pictures SET (TagWords, Marks) = (SELECT m.TagWords, m.Marks FROM PictureMarks AS m WHERE m.Id = NEW.Id) WHERE Id = NEW.Id;
              INSERT INTO PictureSearch(rowid, Prompt, NegativePrompt, TagWords, Description, Model, Marks)
                SELECT Number, Prompt, NegativePrompt, TagWords, Description, Model, Marks FROM Pictures WHERE Id = NEW.Id;
            END;
            """;

        private const string DropAll = """
            DROP TRIGGER Pictures_Inserted;
            DROP TRIGGER Pictures_Updated;
            DROP TRIGGER Pictures_Deleted;
            DROP TRIGGER Tags_Inserted;
            DROP TRIGGER Tags_Deleted;
            DROP TRIGGER BoardPictures_Inserted;
            DROP TRIGGER BoardPictures_Deleted;
            DROP VIEW PictureMarks;
            DROP TABLE PictureSearch;
            """;
    }
}

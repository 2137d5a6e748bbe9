using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace OmniGen2.Web.History;

/// <summary>Everything of the old database but the pictures and the edges between them, row by row into the new one.</summary>
internal static class OldTables
{
    /// <param name="oldFile">The old database, which has the same tables.</param>
    /// <param name="made">The new one, pictures and edges in it: tags and boards mark them as they come.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task Copy(string oldFile, HistoryDb made, CancellationToken cancellationToken)
    {
        await made.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)made.Database.GetDbConnection();
        // What people's rows refer to may come after them; in the old database everything fitted together.
        await Run(connection, "PRAGMA foreign_keys = OFF", cancellationToken);
        await Run(connection, "ATTACH $old AS old", cancellationToken, ("$old", oldFile));
        foreach (var table in made.Model.GetEntityTypes().Where(x => x.ClrType != typeof(PictureRow) && x.ClrType != typeof(ParentRow)))
        {
            await Run(connection, Statement(table), cancellationToken);
        }

        await Run(connection, "DETACH old", cancellationToken);
        await made.Database.CloseConnectionAsync();
    }

    private static string Statement(IEntityType table)
    {
        var columns = string.Join(", ", table.GetProperties().Select(x => $"\"{x.GetColumnName()}\""));
        return $"INSERT INTO main.\"{table.GetTableName()}\" ({columns}) SELECT {columns} FROM old.\"{table.GetTableName()}\"";
    }

    private static async Task Run(SqliteConnection connection, string sql, CancellationToken cancellationToken, params (string Name, object Value)[] values)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

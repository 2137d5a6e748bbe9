using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>The statements that read the index of words for one query.</summary>
internal sealed class SearchIndex : IDisposable
{
    private readonly HistoryDb _db;
    private readonly IReadOnlyList<string> _contains;
    private readonly string _from;
    private readonly string? _visible;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    public SearchIndex(HistoryDb db, SearchQuery query)
    {
        _db = db;
        _visible = SearchAccess.Marks(db);
        _db.Database.OpenConnection();
        _contains = [.. query.Contains.Select(x => x.Text)];
        // The index comes first: it gives the numbers in order, and the pictures' own rows are long.
        var rows = _contains.Count == 0 ? "" : "CROSS JOIN Pictures AS p ON p.Number = s.rowid ";
        var contains = query.Contains.Select((x, i) => $" AND instr(p.Prompt || ' ' || p.TagWords || ' ' || coalesce(p.Description, ''), $text{i}) {(x.IsNegated ? "=" : ">")} 0");
        _from = $"FROM PictureSearch AS s {rows}WHERE s.PictureSearch MATCH $match AND s.rowid BETWEEN $first AND $last{string.Concat(contains)}";
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _db.Database.CloseConnection();
    }

    public int Count(string match, NumberRange range) => (int)(long)Command($"SELECT count(*) {_from}", match, range).ExecuteScalar()!;

    /// <summary>The numbers that match, by time.</summary>
    public List<long> Numbers(string match, NumberRange range, bool oldestFirst = false, int skip = 0, int take = int.MaxValue)
    {
        var sql = $"SELECT s.rowid {_from} ORDER BY s.rowid {(oldestFirst ? "ASC" : "DESC")} LIMIT $take OFFSET $skip";
        using var reader = Command(sql, match, range, skip, take).ExecuteReader();
        var numbers = new List<long>();
        while (reader.Read())
        {
            numbers.Add(reader.GetInt64(0));
        }

        return numbers;
    }

    /// <summary>The lowest and the highest number that match; null when none does.</summary>
    public NumberRange? Ends(string match, NumberRange range) =>
        Numbers(match, range, oldestFirst: true, take: 1) is [var first] && Numbers(match, range, take: 1) is [var last] ? new NumberRange(first, last) : null;

    private SqliteCommand Command(string sql, string match, NumberRange range, int skip = 0, int take = 0)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            _prepared[sql] = command = ((SqliteConnection)_db.Database.GetDbConnection()).CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < _contains.Count; i++)
            {
                command.Parameters.AddWithValue($"$text{i}", _contains[i]);
            }
        }

        Set(command, "$match", _visible is null ? match : $"({match}) AND {_visible}");
        Set(command, "$first", range.First);
        Set(command, "$last", range.Last);
        Set(command, "$skip", skip);
        Set(command, "$take", take);
        return command;
    }

    private static void Set(SqliteCommand command, string name, object value)
    {
        if (command.Parameters.Contains(name))
        {
            command.Parameters[name].Value = value;
        }
        else
        {
            command.Parameters.AddWithValue(name, value);
        }
    }
}

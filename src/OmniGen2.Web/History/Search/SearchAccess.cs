using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>What <see cref="HistoryDb"/>'s filter of pictures says, in the words of the index: everything that is counted or listed by it goes through here.</summary>
internal static class SearchAccess
{
    /// <summary>An expression that only pictures match which this context's asker may see; null when that is all of them.</summary>
    public static string? Marks(HistoryDb db)
    {
        if (db.Asker.SeesAll)
        {
            return null;
        }

        if (db.Asker.Id is not { } me)
        {
            return "Marks : \"nobody0\"";
        }

        var boards = db.Boards.AsNoTracking().Where(x => x.DeletedAt == null).Select(x => x.Id).ToList();
        var given = boards.ConvertAll(x => $"given{x:N}0");
        var shared = string.Join(" OR ", given.Prepend($"with{me}0").Prepend("team0").Select(x => $"\"{x}\""));
        return $"(Marks : \"owner{me}0\" OR (Marks : \"kept0\" AND Marks : ({shared})))";
    }
}

using System.Globalization;

namespace OmniGen2.Web.History;

/// <summary>The backups that the studio makes by itself, in the folder `backups`, and the rule by which they go again.</summary>
public sealed class BackupShelf(DataFolder folder, RuleBook rules, TimeProvider time)
{
    private const string Scheduled = "history-";
    private const string Ending = ".zip";
    private const string Time = "yyyyMMdd-HHmmss";
    private const int KeptMigrations = 3;

    private string Folder => Path.Combine(folder.Root, "backups");

    /// <summary>When the last one was made by time; null before the first.</summary>
    public DateTimeOffset? Latest => All(Scheduled).Select(x => (DateTimeOffset?)x.Made).Max();

    /// <summary>Makes one, then drops those that the rule no longer keeps.</summary>
    public string Add()
    {
        var file = Write(Scheduled);
        Prune();
        return file;
    }

    /// <summary>Drops those that the rule no longer keeps.</summary>
    public void Prune()
    {
        var all = All(Scheduled);
        foreach (var (old, _) in all.ExceptBy(Kept([.. all.Select(x => x.Made)], rules.Current), x => x.Made))
        {
            File.Delete(old);
        }
    }

    /// <summary>Of the database as it is before it is brought up to date; the latest three are kept.</summary>
    public void AddBeforeMigration()
    {
        Write("migration-");
        foreach (var (old, _) in All("migration-").OrderByDescending(x => x.Made).Skip(KeptMigrations))
        {
            File.Delete(old);
        }
    }

    /// <summary>The last of each of the latest days and weeks.</summary>
    public static IReadOnlyCollection<DateTimeOffset> Kept(IReadOnlyList<DateTimeOffset> made, StudioRules rule)
    {
        var newest = made.OrderDescending().ToList();
        var days = newest.GroupBy(x => x.UtcDateTime.Date).Take(rule.BackupDays).Select(x => x.First());
        var weeks = newest.GroupBy(x => (ISOWeek.GetYear(x.UtcDateTime), ISOWeek.GetWeekOfYear(x.UtcDateTime))).Take(rule.BackupWeeks).Select(x => x.First());
        return days.Concat(weeks).ToHashSet();
    }

    private string Write(string kind)
    {
        var now = time.GetUtcNow();
        var file = Path.Combine(Folder, kind + now.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture) + Ending);
        BackupWriter.Write(folder.Root, file, withPictures: false, now);
        return file;
    }

    private List<(string File, DateTimeOffset Made)> All(string kind)
    {
        var found = new List<(string, DateTimeOffset)>();
        foreach (var file in Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, kind + "*" + Ending) : [])
        {
            if (DateTime.TryParseExact(Path.GetFileNameWithoutExtension(file)[kind.Length..], Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var made))
            {
                found.Add((file, new DateTimeOffset(made)));
            }
        }

        return found;
    }
}

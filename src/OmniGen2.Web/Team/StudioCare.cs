using OmniGen2.Web.History;

namespace OmniGen2.Web.Team;

/// <summary>What is kept and what people may take, for who looks after the studio; each change is written down.</summary>
public sealed class StudioCare(RuleBook rules, DiskUse disk, Thumbnails thumbnails, StepStore steps, BackupShelf backups, AuditLog audit)
{
    public StudioRules Rules => rules.Current;

    /// <summary>Not as the settings say.</summary>
    public bool IsChanged => rules.IsChanged;

    public IReadOnlyList<DiskPart> Measure()
    {
        Asker.Current.Demand(Permission.ManageStudio);
        return disk.Measure();
    }

    public long FreeBytes => disk.FreeBytes;

    public Task<IReadOnlyList<DiskShare>> Shares(CancellationToken cancellationToken)
    {
        Asker.Current.Demand(Permission.ManageStudio);
        return Asker.As(Asker.Studio, () => disk.Shares(cancellationToken));
    }

    /// <summary>Counts from now on: steps and backups beyond it go at once, the trash within hours. Rules that cannot be are a <see cref="ModelException"/>.</summary>
    public async Task Change(StudioRules changed)
    {
        Asker.Current.Demand(Permission.ManageStudio);
        var before = rules.Current;
        rules.Change(changed);
        await Obey(before);
    }

    /// <summary>Back to what the settings say.</summary>
    public async Task Forget()
    {
        Asker.Current.Demand(Permission.ManageStudio);
        var before = rules.Current;
        rules.Forget();
        await Obey(before);
    }

    /// <returns>How many bytes that gave.</returns>
    public async Task<long> DropThumbnails()
    {
        Asker.Current.Demand(Permission.ManageStudio);
        var bytes = thumbnails.DeleteAll();
        await audit.Write(AuditAction.RulesChanged, $"thumbnails deleted, {bytes / 1e6:0.0} MB");
        return bytes;
    }

    private async Task Obey(StudioRules before)
    {
        var now = rules.Current;
        if (now.Quotas != before.Quotas)
        {
            await audit.Write(AuditAction.QuotaChanged, Difference(before.Quotas, now.Quotas));
        }

        if (now with { Quotas = before.Quotas } != before)
        {
            await audit.Write(AuditAction.RulesChanged, Difference(before with { Quotas = now.Quotas }, now));
            steps.Sweep();
            backups.Prune();
        }
    }

    /// <summary>"TrashDays 30 → 7, StepsDays 30 → 10".</summary>
    private static string Difference(object before, object now) => string.Join(", ", before.GetType().GetProperties()
        .Where(x => x.CanWrite && !Equals(x.GetValue(before), x.GetValue(now)))
        .Select(x => x.PropertyType == typeof(Options.Quota) ? $"{x.Name}: {Difference(x.GetValue(before)!, x.GetValue(now)!)}" : $"{x.Name} {x.GetValue(before)} → {x.GetValue(now)}"));
}

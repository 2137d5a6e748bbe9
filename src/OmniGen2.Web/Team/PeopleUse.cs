using OmniGen2.Web.History;
using OmniGen2.Web.Jobs;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Team;

/// <summary>What somebody takes right now, and may take.</summary>
/// <param name="Minutes">Of the model, today.</param>
/// <param name="Waiting">Jobs in the queue.</param>
/// <param name="Bytes">Of all pictures, those in the trash too.</param>
/// <param name="Quota">Of their role.</param>
public sealed record PersonUse(double Minutes, int Waiting, long Bytes, Quota Quota)
{
    private const double Near = 0.9;

    /// <summary>Nine tenths of something that has a limit are taken.</summary>
    public bool IsNearLimit => IsNear(Minutes, Quota.MinutesPerDay) || IsNear(Waiting, Quota.Waiting) || IsNear(Bytes / 1e6, Quota.DiskMegabytes);

    private static bool IsNear(double used, double limit) => limit > 0 && used >= Near * limit;
}

/// <summary>What people take, for themselves and for administrators.</summary>
public sealed class PeopleUse(UsageStore usage, JobQuotas quotas, JobQueue queue)
{
    public async Task<PersonUse> Of(string? person, CancellationToken cancellationToken)
    {
        Check(person);
        var own = queue.State.Of(person);
        return await Asker.As(Asker.Studio, async () => new PersonUse(
            await quotas.MinutesToday(person, own, cancellationToken), own.Count, await usage.Bytes(person, cancellationToken), quotas.Of(person)));
    }

    /// <summary>The last so many days, the oldest first.</summary>
    public Task<IReadOnlyList<UsageDay>> Days(string? person, int count, CancellationToken cancellationToken)
    {
        Check(person);
        return Asker.As(Asker.Studio, () => usage.Days(person, count, cancellationToken));
    }

    private static void Check(string? person)
    {
        if (person != Asker.Current.Id)
        {
            Asker.Current.Demand(Permission.ManagePeople);
        }
    }
}

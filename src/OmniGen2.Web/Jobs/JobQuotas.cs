using OmniGen2.Web.History;
using OmniGen2.Web.Options;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Jobs;

/// <summary>What each person may take, by their role, and the sentences that say so.</summary>
public sealed class JobQuotas(JobOwners owners, UsageStore usage, ModelHost model, RuleBook rules)
{
    /// <summary>Of a person; null: the one person of a studio without accounts.</summary>
    public Quota Of(string? owner) => owner is null ? Quota.None : owners.RoleOf(owner) switch
    {
        Role.Administrator => rules.Current.Quotas.Administrator,
        Role.Api => rules.Current.Quotas.Api,
        _ => rules.Current.Quotas.Member,
    };

    /// <summary>Refuses, with a <see cref="ModelException"/>, jobs that would take more than their person may.</summary>
    /// <param name="coming">Of one person.</param>
    /// <param name="own">What of that person's is in the queue already.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task Check(IReadOnlyList<Job> coming, IReadOnlyList<Job> own, CancellationToken cancellationToken)
    {
        var owner = coming[0].Owner;
        var quota = Of(owner);
        if (quota.Waiting > 0 && own.Count + coming.Count > quota.Waiting)
        {
            throw new ModelException($"{own.Count} of your jobs are in the queue and {coming.Count} more would be over your {quota.Waiting}: wait until some have ended, or cancel some.");
        }

        CheckSize(coming[0], quota);
        if (quota.MinutesPerDay > 0 && await MinutesToday(owner, own, cancellationToken) is var minutes && minutes >= quota.MinutesPerDay)
        {
            throw new ModelException($"You had the model for {minutes:0.#} of your {quota.MinutesPerDay:0.#} minutes today: go on after midnight, or ask an administrator for more.");
        }

        if (quota.DiskMegabytes > 0 && await usage.Bytes(owner, cancellationToken) / 1e6 is var megabytes && megabytes >= quota.DiskMegabytes)
        {
            throw new ModelException($"Your pictures take {megabytes:0} of your {quota.DiskMegabytes:0} MB: empty your trash, or ask an administrator for more.");
        }
    }

    /// <summary>Those of jobs that are under way too.</summary>
    public async Task<double> MinutesToday(string? owner, IReadOnlyList<Job> own, CancellationToken cancellationToken) =>
        (await usage.SecondsToday(owner, cancellationToken) + own.Sum(x => x.Work.TotalSeconds)) / 60;

    private void CheckSize(Job job, Quota quota)
    {
        if (quota.Megapixels > 0 && job.Picture is { } picture && model.Info is { } info && picture.Size(info) is var (width, height) && width * height / 1e6 > quota.Megapixels)
        {
            throw new ModelException($"{width} × {height} are {width * height / 1e6:0.##} million pixels, and you may draw {quota.Megapixels:0.##}: choose a smaller size.");
        }
    }
}

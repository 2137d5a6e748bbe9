using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>The messages that the model writes, safe on disk as they grow.</summary>
public sealed class AnswerStore(IDbContextFactory<HistoryDb> history) : ITrash
{
    /// <summary>How many answers are kept that belong to no thread.</summary>
    public const int MostLoose = 10_000;

    public MessageRow? Find(Guid message)
    {
        using var db = history.CreateDbContext();
        return db.Messages.AsNoTracking().FirstOrDefault(x => x.Id == message);
    }

    /// <summary>The whole text, in place of what stood there. A message that was deleted meanwhile stays deleted.</summary>
    public void Write(Guid message, string text) => Change(message, x => x.Text = text);

    /// <summary>The answer is a picture.</summary>
    public void Becomes(Guid message, Guid picture) => Change(message, x => (x.Text, x.PictureId) = ("", picture));

    public void Fail(Guid message, string sentence) => Change(message, x => x.Fault = sentence);

    /// <summary>By job, the texts that stand in threads.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> OfThreads(IReadOnlyCollection<Guid> jobs, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var said = await db.Messages.Where(x => x.JobId != null && jobs.Contains(x.JobId.Value) && x.Text != "").ToListAsync(cancellationToken);
        return said.DistinctBy(x => x.JobId).ToDictionary(x => x.JobId!.Value, x => x.Text);
    }

    /// <summary>Lets go of answers that no thread keeps: of the old ones, and of the oldest beyond <see cref="MostLoose"/>.</summary>
    public async Task<int> Sweep(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var last = await db.Jobs.Where(x => x.Answer != null).OrderByDescending(x => x.FinishedAt).Skip(MostLoose).Select(x => x.FinishedAt).FirstOrDefaultAsync(cancellationToken);
        return await db.Jobs.Where(x => x.Answer != null && (x.FinishedAt < before || x.FinishedAt <= last)).ExecuteUpdateAsync(x => x.SetProperty(row => row.Answer, (string?)null), cancellationToken);
    }

    private void Change(Guid message, Action<MessageRow> change)
    {
        using var db = history.CreateDbContext();
        if (db.Messages.FirstOrDefault(x => x.Id == message) is { } row)
        {
            change(row);
            db.SaveChanges();
        }
    }
}

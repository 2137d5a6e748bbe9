using Microsoft.EntityFrameworkCore;

namespace OmniGen2.Web.History;

/// <summary>The rounds of pictures that check themselves: what was said of each, and which is the best.</summary>
public sealed class VerdictStore(IDbContextFactory<HistoryDb> history, TimeProvider time)
{
    /// <summary>What was said so far, in the order of the rounds.</summary>
    /// <param name="reflection">The first round's picture.</param>
    public IReadOnlyList<VerdictRow> Rounds(Guid reflection)
    {
        using var db = history.CreateDbContext();
        return [.. db.Verdicts.AsNoTracking().Where(x => x.Reflection == reflection).OrderBy(x => x.Round)];
    }

    /// <summary>All rounds of the reflection that a picture belongs to, in order; none where it belongs to none.</summary>
    public async Task<IReadOnlyList<VerdictRow>> RoundsWith(Guid picture, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var reflection = await db.Verdicts.Where(x => x.PictureId == picture).Select(x => (Guid?)x.Reflection).FirstOrDefaultAsync(cancellationToken) ?? picture;
        return await db.Verdicts.AsNoTracking().Where(x => x.Reflection == reflection).OrderBy(x => x.Round).ToListAsync(cancellationToken);
    }

    /// <summary>By reflection, the picture that won; a reflection without verdicts is missing.</summary>
    public async Task<IReadOnlyDictionary<Guid, Guid>> BestOf(IReadOnlyCollection<Guid> reflections, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Verdicts.Where(x => reflections.Contains(x.Reflection) && x.IsBest).ToDictionaryAsync(x => x.Reflection, x => x.PictureId, cancellationToken);
    }

    /// <summary>Writes a verdict down and marks the best round, which may be an earlier one.</summary>
    public void Add(VerdictRow verdict, int best)
    {
        using var db = history.CreateDbContext();
        db.Verdicts.Add(verdict);
        foreach (var row in db.Verdicts.Where(x => x.Reflection == verdict.Reflection).AsEnumerable().Append(verdict))
        {
            row.IsBest = row.Round == best;
        }

        db.SaveChanges();
    }

    public PictureRow? Picture(Guid id)
    {
        using var db = history.CreateDbContext();
        return db.Pictures.AsNoTracking().FirstOrDefault(x => x.Id == id);
    }

    /// <summary>Puts the pictures of a reflection that nobody wants into the trash.</summary>
    public void Discard(IReadOnlyCollection<Guid> pictures)
    {
        using var db = history.CreateDbContext();
        foreach (var picture in db.Pictures.Where(x => pictures.Contains(x.Id)))
        {
            picture.DeletedAt ??= time.GetUtcNow();
        }

        db.SaveChanges();
    }
}

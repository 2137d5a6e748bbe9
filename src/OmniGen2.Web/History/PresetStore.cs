using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.History;

/// <summary>Settings and styles that people saved under names of their own.</summary>
public sealed class PresetStore(IDbContextFactory<HistoryDb> history, TimeProvider time)
{
    private const int LongestName = 60;

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<PresetRow>> List(string? owner, CancellationToken cancellationToken)
    {
        owner ??= Asker.Current.Id;
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Presets.AsNoTracking().Where(x => x.Owner == owner).OrderBy(x => x.Name).ToListAsync(cancellationToken);
    }

    /// <summary>A new one, or new content for the one of that name. A name that is none is a <see cref="ModelException"/>.</summary>
    /// <returns>The row, and what stood under the name before.</returns>
    public async Task<(PresetRow Row, string? Before)> Save(PresetKind kind, string name, string content, string? owner, CancellationToken cancellationToken)
    {
        name = Checked(name);
        owner ??= Asker.Current.Id;
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var row = await db.Presets.FirstOrDefaultAsync(x => x.Owner == owner && x.Kind == kind && x.Name == name, cancellationToken);
        var before = row?.Content;
        if (row is null)
        {
            row = new PresetRow { Id = Guid.NewGuid(), Owner = owner, Kind = kind, Name = name, Content = content, CreatedAt = time.GetUtcNow() };
            db.Presets.Add(row);
        }

        row.Content = content;
        await db.SaveChangesAsync(cancellationToken);
        return (row, before);
    }

    /// <summary>A name that is none, or that another one has, is a <see cref="ModelException"/>.</summary>
    public async Task Rename(Guid id, string name, CancellationToken cancellationToken)
    {
        name = Checked(name);
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var row = await db.Presets.FirstOrDefaultAsync(x => x.Id == id, cancellationToken) ?? throw new ModelException("This preset was deleted meanwhile: save it anew.");
        if (await db.Presets.AnyAsync(x => x.Id != id && x.Owner == row.Owner && x.Kind == row.Kind && x.Name == name, cancellationToken))
        {
            throw new ModelException($"There is a preset “{name}” already: choose another name.");
        }

        row.Name = name;
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task Delete(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        await db.Presets.Where(x => x.Id == id).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Takes a deletion back. A name that was given away meanwhile is a <see cref="ModelException"/>.</summary>
    public async Task Restore(PresetRow row, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        if (await db.Presets.AnyAsync(x => x.Owner == row.Owner && x.Kind == row.Kind && x.Name == row.Name, cancellationToken))
        {
            throw new ModelException($"There is a preset “{row.Name}” again already: rename that one first.");
        }

        db.Presets.Add(row);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static string Checked(string name) => name.Trim() switch
    {
        "" => throw new ModelException("A preset needs a name, for example: large and careful."),
        { Length: > LongestName } tooLong => throw new ModelException($"The name has {tooLong.Length} characters and at most {LongestName} fit: shorten it."),
        var good => good,
    };
}

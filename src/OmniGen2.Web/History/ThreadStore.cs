using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.History;

/// <summary>A message with the pictures that its person put into it.</summary>
public sealed record ThreadMessage(MessageRow Row, IReadOnlyList<Guid> Pictures);

/// <summary>The conversations: their names, their messages, their way to the trash.</summary>
public sealed class ThreadStore(IDbContextFactory<HistoryDb> history, TimeProvider time)
{
    private const int LongestTitle = 80;

    private const string Escape = "\\";

    /// <summary>Those that are not in the trash, the last one spoken in first.</summary>
    /// <param name="words">What the title or any message must hold; empty: all.</param>
    /// <param name="count">At most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<ThreadRow>> List(string words, int count, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var threads = db.Threads.AsNoTracking().Where(x => x.DeletedAt == null);
        if (!string.IsNullOrWhiteSpace(words))
        {
            var sought = $"%{Literally(words.Trim())}%";
            threads = threads.Where(x => EF.Functions.Like(x.Title, sought, Escape) || db.Messages.Any(m => m.ThreadId == x.Id && EF.Functions.Like(m.Text, sought, Escape)));
        }

        return await threads.OrderByDescending(x => x.UpdatedAt).Take(count).ToListAsync(cancellationToken);
    }

    public async Task<ThreadRow?> Find(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Threads.AsNoTracking().FirstOrDefaultAsync(x => x.Id == id && x.DeletedAt == null, cancellationToken);
    }

    /// <summary>In the order in which they were said.</summary>
    public async Task<IReadOnlyList<ThreadMessage>> Messages(Guid thread, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var rows = await db.Messages.AsNoTracking().Where(x => x.ThreadId == thread).OrderBy(x => x.Place).ThenBy(x => x.CreatedAt).ToListAsync(cancellationToken);
        var ids = rows.Select(x => x.Id).ToList();
        var pictures = (await db.MessagePictures.AsNoTracking().Where(x => ids.Contains(x.MessageId)).OrderBy(x => x.Position).ToListAsync(cancellationToken))
            .ToLookup(x => x.MessageId, x => x.PictureId);
        return [.. rows.Select(x => new ThreadMessage(x, [.. pictures[x.Id]]))];
    }

    /// <summary>Writes down what a person says. A thread that does not exist yet begins with it and is named after it.</summary>
    public async Task Say(Guid thread, string text, IReadOnlyList<Guid> pictures, string? owner, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await db.Threads.FirstOrDefaultAsync(x => x.Id == thread, cancellationToken) is { } known)
        {
            known.UpdatedAt = now;
        }
        else
        {
            db.Threads.Add(new ThreadRow { Id = thread, Owner = owner, Title = Title(text), CreatedAt = now, UpdatedAt = now });
        }

        var last = await db.Messages.Where(x => x.ThreadId == thread).MaxAsync(x => (long?)x.Place, cancellationToken) ?? 0;
        var message = new MessageRow { Id = Guid.NewGuid(), ThreadId = thread, Place = last + 1, Role = ChatRole.User, Text = text, CreatedAt = now };
        db.Messages.Add(message);
        db.MessagePictures.AddRange(pictures.Select((x, i) => new MessagePictureRow { MessageId = message.Id, Position = i, PictureId = x }));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Takes back a message and all that was said after it.</summary>
    public async Task TakeBack(Guid thread, long fromPlace, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        if (await db.Threads.FirstOrDefaultAsync(x => x.Id == thread, cancellationToken) is not { } row || !db.Asker.Owns(row.Owner))
        {
            throw new ModelException("This thread is another's: only its owner takes words back.");
        }

        db.Asker.Demand(Permission.Make);
        var gone = db.Messages.Where(x => x.ThreadId == thread && x.Place >= fromPlace);
        await db.MessagePictures.Where(x => gone.Any(m => m.Id == x.MessageId)).ExecuteDeleteAsync(cancellationToken);
        await gone.ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>False when there is no such thread; so are the two below.</summary>
    public Task<bool> Rename(Guid thread, string title, CancellationToken cancellationToken) => Change(thread, x => (x.Title, x.IsNamed) = (Title(title), true), cancellationToken);

    /// <summary>Into the trash, where <see cref="Restore"/> finds it.</summary>
    public Task<bool> Delete(Guid thread, CancellationToken cancellationToken) => Change(thread, x => x.DeletedAt = time.GetUtcNow(), cancellationToken);

    public Task<bool> Restore(Guid thread, CancellationToken cancellationToken) => Change(thread, x => x.DeletedAt = null, cancellationToken);

    private static string Literally(string words) => words.Replace(Escape, Escape + Escape).Replace("%", Escape + "%").Replace("_", Escape + "_");

    private static string Title(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "A picture" : line.Length <= LongestTitle ? line : line[..LongestTitle];
    }

    private async Task<bool> Change(Guid thread, Action<ThreadRow> change, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        if (await db.Threads.FirstOrDefaultAsync(x => x.Id == thread, cancellationToken) is not { } row)
        {
            return false;
        }

        change(row);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}

using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Team;

/// <summary>What people say about pictures that they may see, and those in the making.</summary>
public sealed class Remarks(IDbContextFactory<HistoryDb> history, Notices notices, TimeProvider time)
{
    /// <summary>Characters of one remark.</summary>
    public const int Longest = 2000;

    private readonly Broadcast<long> _changes = new(0);

    /// <summary>Now, and whenever anybody says something about any picture.</summary>
    public IAsyncEnumerable<long> Watch(CancellationToken cancellationToken) => _changes.Watch(cancellationToken);

    /// <summary>In the order in which they were said.</summary>
    public async Task<IReadOnlyList<RemarkRow>> Of(Guid picture, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Remarks.AsNoTracking().Where(x => x.PictureId == picture && x.DeletedAt == null).OrderBy(x => x.CreatedAt).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<ReactionRow>> Reactions(Guid picture, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Reactions.AsNoTracking().Where(x => x.PictureId == picture).ToListAsync(cancellationToken);
    }

    /// <summary>A remark that is empty or too long, or about what one may not see, is a <see cref="ModelException"/>.</summary>
    /// <param name="picture">The picture, or the job that becomes it.</param>
    /// <param name="text">In one's own words; @Name tells that person.</param>
    /// <param name="step">The step that is to be seen; null for a finished picture.</param>
    /// <param name="pin">Where on the picture, 0 … 1 from the left and from the top; null for nowhere.</param>
    public async Task Say(Guid picture, string text, int? step, (double X, double Y)? pin)
    {
        text = text.Trim();
        if (text.Length is 0 or > Longest)
        {
            throw new ModelException(text.Length == 0 ? "The remark is empty: write something." : $"The remark has {text.Length} characters and at most {Longest} fit: shorten it.");
        }

        await using var db = await history.CreateDbContextAsync();
        db.Remarks.Add(new RemarkRow
        {
            Id = Guid.NewGuid(),
            PictureId = picture,
            PersonId = Asker.Current.Id ?? "",
            Text = text,
            CreatedAt = time.GetUtcNow(),
            Step = step,
            X = pin is { } at ? Math.Clamp(at.X, 0, 1) : null,
            Y = pin is { } from ? Math.Clamp(from.Y, 0, 1) : null,
        });
        await db.SaveChangesAsync();
        _changes.Publish(_changes.Latest + 1);
        await Tell(picture, text);
    }

    /// <summary>One's own, or any about one's own picture.</summary>
    public async Task Delete(Guid remark)
    {
        await using var db = await history.CreateDbContextAsync();
        if (await db.Remarks.FirstOrDefaultAsync(x => x.Id == remark) is { } row)
        {
            row.DeletedAt = time.GetUtcNow();
            await db.SaveChangesAsync();
            _changes.Publish(_changes.Latest + 1);
        }
    }

    /// <summary>Says so, or no longer.</summary>
    public async Task React(Guid picture, ReactionKind kind)
    {
        var me = Asker.Current.Id ?? "";
        await using var db = await history.CreateDbContextAsync();
        if (await db.Reactions.FirstOrDefaultAsync(x => x.PictureId == picture && x.PersonId == me && x.Kind == kind) is { } said)
        {
            db.Reactions.Remove(said);
        }
        else
        {
            db.Reactions.Add(new ReactionRow { PictureId = picture, PersonId = me, Kind = kind, CreatedAt = time.GetUtcNow() });
        }

        await db.SaveChangesAsync();
        _changes.Publish(_changes.Latest + 1);
    }

    /// <summary>The owner of the picture, and who is named with an @ and may see it.</summary>
    private async Task Tell(Guid picture, string text)
    {
        var address = $"watch/{picture}";
        await using var db = Asker.As(Asker.Studio, history.CreateDbContext);
        var owner = await db.Pictures.Where(x => x.Id == picture).Select(x => x.Owner).FirstOrDefaultAsync() ?? await db.Jobs.Where(x => x.Id == picture).Select(x => x.Owner).FirstOrDefaultAsync();
        foreach (var person in await db.Users.AsNoTracking().Where(x => x.State == PersonState.Active).ToListAsync())
        {
            if (Mentions(text, person.Name) && await Sees(person, picture))
            {
                await notices.Tell(person.Id, NoticeKind.Mention, "named you in a remark.", address);
            }
            else if (person.Id == owner)
            {
                await notices.Tell(owner, NoticeKind.Remark, "said something about your picture.", address);
            }
        }
    }

    /// <summary>By the whole name or the first one.</summary>
    private static bool Mentions(string text, string name) =>
        text.Contains($"@{name}", StringComparison.OrdinalIgnoreCase)
        || text.Split((char[]?)null).Any(x => string.Equals(x.TrimEnd('.', ',', ':', ';', '!', '?'), $"@{name.Split(' ')[0]}", StringComparison.OrdinalIgnoreCase));

    private async Task<bool> Sees(PersonRow person, Guid picture)
    {
        await using var db = Asker.As(Sessions.Of(person), history.CreateDbContext);
        return await db.Pictures.AnyAsync(x => x.Id == picture) || await db.Jobs.AnyAsync(x => x.Id == picture);
    }
}

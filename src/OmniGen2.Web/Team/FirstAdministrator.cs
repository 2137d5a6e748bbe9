using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Team;

/// <summary>How the first person comes in: by a link that only the console shows, good once and until the studio ends.</summary>
public sealed class FirstAdministrator(IDbContextFactory<HistoryDb> history, People people, AuditLog audit) : IDisposable
{
    private const int AtOnce = 1000;

    private readonly SemaphoreSlim _coming = new(1);
    private string? _token;

    /// <summary>The secret of the link, the same however often it is asked for; null when there is an administrator.</summary>
    internal async Task<string?> Open(CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        if (await db.Users.AnyAsync(x => x.Role == Role.Administrator && x.State == PersonState.Active, cancellationToken))
        {
            return null;
        }

        Interlocked.CompareExchange(ref _token, Secret.New(), null);
        return _token;
    }

    public bool Opens(string token) =>
        _token is { } right && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(token));

    /// <summary>Makes the administrator, who takes over what was made before there were accounts. A link that is used is a <see cref="ModelException"/>.</summary>
    public async Task<PersonRow> Come(string token, NewPerson asked)
    {
        await _coming.WaitAsync();
        try
        {
            if (!Opens(token))
            {
                throw new ModelException("This link is used: sign in, or start the studio again for a new one while there is no administrator.");
            }

            var person = await people.Add(asked, Role.Administrator, PersonState.Active);
            _token = null;
            await audit.Write(AuditAction.FirstAdministrator, person.Name, Sessions.Of(person));
            await Asker.As(Asker.Studio, () => TakeOver(person.Id, CancellationToken.None));
            return person;
        }
        finally
        {
            _coming.Release();
        }
    }

    public void Dispose() => _coming.Dispose();

    /// <summary>Gives what has no owner to the oldest administrator, should there be one.</summary>
    internal async Task TakeOver(CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        var administrator = await db.Users.Where(x => x.Role == Role.Administrator && x.State == PersonState.Active).OrderBy(x => x.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        if (administrator is not null)
        {
            await TakeOver(administrator.Id, cancellationToken);
        }
    }

    private async Task TakeOver(string person, CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        await db.Jobs.Where(x => x.Owner == null).ExecuteUpdateAsync(x => x.SetProperty(r => r.Owner, person), cancellationToken);
        await db.Threads.Where(x => x.Owner == null).ExecuteUpdateAsync(x => x.SetProperty(r => r.Owner, person), cancellationToken);
        await db.Boards.Where(x => x.Owner == null).ExecuteUpdateAsync(x => x.SetProperty(r => r.Owner, person), cancellationToken);
        await db.Presets.Where(x => x.Owner == null).ExecuteUpdateAsync(x => x.SetProperty(r => r.Owner, person), cancellationToken);
        await db.BoardPictures.Where(x => x.AddedBy == null).ExecuteUpdateAsync(x => x.SetProperty(r => r.AddedBy, person), cancellationToken);
        // Each picture is written into the index of words anew: a few at once, so that nobody waits long for the database.
        while (await db.Pictures.Where(x => x.Owner == null).Select(x => x.Id).OrderBy(x => x).Take(AtOnce).ToListAsync(cancellationToken) is { Count: > 0 } some)
        {
            await db.Pictures.Where(x => some.Contains(x.Id)).ExecuteUpdateAsync(x => x.SetProperty(r => r.Owner, person), cancellationToken);
        }
    }
}

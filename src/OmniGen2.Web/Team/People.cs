using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.History;

namespace OmniGen2.Web.Team;

/// <summary>Who wants to come in.</summary>
public sealed record NewPerson(string Name, string Email, string Password);

/// <summary>The accounts. Passwords, their reset and their checking are ASP.NET Core Identity's.</summary>
public sealed class People(IServiceScopeFactory scopes, IDbContextFactory<HistoryDb> history, Sessions sessions, AuditLog audit, TimeProvider time)
{
    internal const int LongestName = 60;
    internal const int LongestEmail = 254;
    internal const int LongestPassword = 256;

    /// <summary>By name; without those who are gone.</summary>
    public async Task<IReadOnlyList<PersonRow>> All(CancellationToken cancellationToken)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking().Where(x => x.State != PersonState.Gone).OrderBy(x => x.Name).ToListAsync(cancellationToken);
    }

    /// <summary>Also somebody who is gone, of whom the name is left.</summary>
    public async Task<PersonRow?> Find(string id, CancellationToken cancellationToken = default)
    {
        await using var db = await history.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking().FirstOrDefaultAsync(x => x.Id == id, cancellationToken);
    }

    public Task SetRole(string id, Role role) => Change(id, AuditAction.RoleChanged, role.ToString(), async (db, person) =>
    {
        await KeepOneAdministrator(db, person, role == Role.Administrator);
        person.Role = role;
    });

    public Task Approve(string id) => Change(id, AuditAction.Approved, "", (_, person) => Become(person, PersonState.Active));

    public Task Unblock(string id) => Change(id, AuditAction.Unblocked, "", (_, person) => Become(person, PersonState.Active));

    /// <summary>Locks somebody out, at once.</summary>
    public async Task Block(string id)
    {
        await Change(id, AuditAction.Blocked, "", async (db, person) =>
        {
            await KeepOneAdministrator(db, person, stays: false);
            await Become(person, PersonState.Blocked);
        });
        await sessions.EndAll(id);
    }

    /// <summary>What goes into a link by which somebody sets a new password, once and within a day.</summary>
    public async Task<string> ResetToken(string id)
    {
        Asker.Current.Demand(Permission.ManagePeople);
        var token = await WithUsers(async users => await users.GeneratePasswordResetTokenAsync(await Required(users, id)));
        await audit.Write(AuditAction.PasswordLinkMade, (await Find(id))!.Name);
        return token;
    }

    /// <summary>Sets a new password by such a token and ends all sessions; a token that is none is a <see cref="ModelException"/>.</summary>
    public async Task Reset(string id, string token, string password)
    {
        CheckLength(password);
        var name = await WithUsers(async users =>
        {
            if (await users.FindByIdAsync(id) is not { State: PersonState.Active or PersonState.Waiting } person)
            {
                throw new ModelException("This link is used or too old: ask an administrator for a new one.");
            }

            Require(await users.ResetPasswordAsync(person, token, password));
            await users.SetLockoutEndDateAsync(person, null);
            return person.Name;
        });
        await audit.Write(AuditAction.PasswordChanged, name);
        await Asker.As(Asker.Studio, () => sessions.EndAll(id));
    }

    /// <summary>One's own; all other sessions end.</summary>
    public async Task ChangePassword(string before, string after)
    {
        var asker = Asker.Current;
        asker.Demand(Permission.See);
        if (asker.SeenThroughBy is not null || asker.Session is null)
        {
            throw new ModelException("Only its owner changes a password: sign in as that person.");
        }

        CheckLength(after);
        await WithUsers(async users =>
        {
            Require(await users.ChangePasswordAsync(await Required(users, asker.Id!), before, after));
            return true;
        });
        await audit.Write(AuditAction.PasswordChanged, asker.Name);
        await sessions.EndAll(asker.Id!, but: asker.Session);
    }

    /// <summary>A new account. A name, address or password that will not do is a <see cref="ModelException"/>.</summary>
    internal async Task<PersonRow> Add(NewPerson asked, Role role, PersonState state)
    {
        CheckLength(asked.Password);
        await using var db = await history.CreateDbContextAsync();
        var person = new PersonRow
        {
            Name = Texts.Checked(asked.Name, LongestName, "The name"),
            Email = Texts.Checked(asked.Email, LongestEmail, "The e-mail address"),
            Role = role,
            State = state,
            Colour = 1 + await db.Users.CountAsync() % PersonRow.Colours,
            CreatedAt = time.GetUtcNow(),
        };
        person.UserName = person.Email;
        return await WithUsers(async users =>
        {
            Require(await users.CreateAsync(person, asked.Password));
            return person;
        });
    }

    internal async Task<T> WithUsers<T>(Func<UserManager<PersonRow>, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<UserManager<PersonRow>>());
    }

    /// <summary>What Identity has against it, as sentences.</summary>
    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new ModelException(string.Join(' ', result.Errors.Select(x => x.Code switch
            {
                "PasswordTooShort" => "The password is too short: use at least 12 characters.",
                "PasswordMismatch" => "The password that you have now is another one: write that one.",
                "InvalidToken" => "This link is used or too old: ask an administrator for a new one.",
                "DuplicateEmail" or "DuplicateUserName" => "There is an account with this e-mail address already: sign in with it.",
                "InvalidEmail" => "This is no e-mail address: write one like mira@studio.lan.",
                _ => x.Description,
            }).Distinct()));
        }
    }

    private static void CheckLength(string password)
    {
        if (password.Length > LongestPassword)
        {
            throw new ModelException($"The password has {password.Length} characters and at most {LongestPassword} fit: shorten it.");
        }
    }

    private static async Task<PersonRow> Required(UserManager<PersonRow> users, string id) =>
        await users.FindByIdAsync(id) is { State: not PersonState.Gone } person ? person : throw new ModelException("This person is no longer here.");

    private static Task Become(PersonRow person, PersonState state)
    {
        person.State = state;
        return Task.CompletedTask;
    }

    private static async Task KeepOneAdministrator(HistoryDb db, PersonRow person, bool stays)
    {
        if (!stays && person.Role == Role.Administrator && !await db.Users.AnyAsync(x => x.Id != person.Id && x.Role == Role.Administrator && x.State == PersonState.Active))
        {
            throw new ModelException($"{person.Name} is the only administrator: make somebody else one first.");
        }
    }

    private async Task Change(string id, AuditAction action, string detail, Func<HistoryDb, PersonRow, Task> change)
    {
        Asker.Current.Demand(Permission.ManagePeople);
        await using var db = await history.CreateDbContextAsync();
        var person = await db.Users.FirstOrDefaultAsync(x => x.Id == id && x.State != PersonState.Gone) ?? throw new ModelException("This person is no longer here.");
        await change(db, person);
        await db.SaveChangesAsync();
        await audit.Write(action, detail.Length == 0 ? person.Name : $"{person.Name}: {detail}");
        await sessions.Renew(id);
    }
}

using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;

namespace OmniGen2.Web.Team;

/// <summary>Checks who wants to come in. What it says is the same whether there is such an account or not.</summary>
public sealed class SignIns(People people, AuditLog audit) : IDisposable
{
    private const int Tries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    // A hash to check the password of nobody against, which takes as long as that of somebody.
    private static readonly string NobodysHash = new PasswordHasher<PersonRow>().HashPassword(new PersonRow(), Guid.NewGuid().ToString());

    private readonly PartitionedRateLimiter<string> _tries = PartitionedRateLimiter.Create<string, string>(who =>
        RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions { PermitLimit = Tries, Window = Pause }));

    /// <summary>The person with this address and password; anything else is a <see cref="ModelException"/>.</summary>
    /// <param name="email">As it was typed.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="address">Of the network, from where it comes.</param>
    public async Task<PersonRow> Check(string email, string password, string address)
    {
        var who = $"{address} {email.Trim().ToUpperInvariant()}";
        if (_tries.GetStatistics(who) is { CurrentAvailablePermits: 0 })
        {
            throw new ModelException($"Too many tries: wait {Pause.TotalMinutes:0} minutes, then try again.");
        }

        var (person, isRight) = await people.WithUsers(users => Look(users, email, password));
        if (!isRight || person is null)
        {
            using var _ = _tries.AttemptAcquire(who);
            await audit.Write(AuditAction.SignInRefused, person?.Name ?? "an unknown address", Asker.Nobody, address);
            var left = _tries.GetStatistics(who)?.CurrentAvailablePermits ?? 0;
            throw new ModelException(left == 0
                ? $"That e-mail and password do not match. Wait {Pause.TotalMinutes:0} minutes, then try again."
                : $"That e-mail and password do not match. {left} {(left == 1 ? "try is" : "tries are")} left before a pause of {Pause.TotalMinutes:0} minutes.");
        }

        return person switch
        {
            { State: PersonState.Waiting } => throw new ModelException("An administrator has not let you in yet: ask one."),
            { State: not PersonState.Active } => throw new ModelException("An administrator has locked this account: ask one."),
            { Role: Role.Api } => throw new ModelException("This account is for programs, which come in by a key."),
            _ => person,
        };
    }

    public void Dispose() => _tries.Dispose();

    private static async Task<(PersonRow? Person, bool IsRight)> Look(UserManager<PersonRow> users, string email, string password)
    {
        var person = email.Length is 0 or > People.LongestEmail || password.Length is 0 or > People.LongestPassword ? null : await users.FindByEmailAsync(email.Trim());
        if (person is null || await users.IsLockedOutAsync(person))
        {
            users.PasswordHasher.VerifyHashedPassword(new PersonRow(), NobodysHash, password.Length > People.LongestPassword ? "" : password);
            return (person, false);
        }

        if (await users.CheckPasswordAsync(person, password))
        {
            await users.ResetAccessFailedCountAsync(person);
            return (person, true);
        }

        await users.AccessFailedAsync(person);
        return (person, false);
    }
}

using Microsoft.Extensions.Options;
using OmniGen2.Web.Options;

namespace OmniGen2.Web.Team;

/// <summary>People who ask for an account by themselves, where that is allowed; an administrator lets them in.</summary>
public sealed class SignUps(People people, AuditLog audit, IOptions<TeamOptions> options)
{
    public bool IsOpen => options.Value.HasApproval;

    /// <summary>A name, address or password that will not do is a <see cref="ModelException"/>.</summary>
    public async Task Ask(NewPerson asked)
    {
        if (!IsOpen)
        {
            throw new ModelException("This studio takes people by invitation: ask an administrator for one.");
        }

        var person = await people.Add(asked, Role.Member, PersonState.Waiting);
        await audit.Write(AuditAction.SignedUp, person.Name, Sessions.Of(person));
    }
}

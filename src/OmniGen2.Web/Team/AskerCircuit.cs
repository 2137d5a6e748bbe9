using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace OmniGen2.Web.Team;

/// <summary>Tells everything that happens in a circuit who asks, and lets nothing happen any more when the session is over.</summary>
internal sealed class AskerCircuit(AuthenticationStateProvider authentication, Sessions sessions) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        var asker = (await authentication.GetAuthenticationStateAsync()).User.Asker();
        if (asker.Session is { } session)
        {
            asker = await sessions.AskerOf(session) ?? Asker.Nobody;
        }

        Asker.Enter(asker);
        if (asker != Asker.Nobody)
        {
            await next(context);
        }
    };
}

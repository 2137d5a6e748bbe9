using Microsoft.AspNetCore.Components;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.Components.Doors;

/// <summary>A page that lets people in: a plain form, without a circuit, since nobody has one yet.</summary>
public abstract class DoorPage : ComponentBase
{
    [CascadingParameter] public HttpContext Context { get; set; } = default!;

    [Inject] protected NavigationManager Navigation { get; set; } = default!;

    [Inject] private TeamMode Mode { get; set; } = default!;

    /// <summary>Why the last try did not let anybody in.</summary>
    protected string? Fault { get; private set; }

    protected override void OnInitialized()
    {
        if (!Mode.IsOn)
        {
            Navigation.NavigateTo("");
        }
    }

    /// <summary>Signs in whom <paramref name="come"/> lets in, and leads on; else its sentence is shown.</summary>
    protected async Task Enter(Func<Task<PersonRow>> come, bool stays = true, string? to = null)
    {
        if (await Try(async () => await Context.SignIn(await come(), stays)))
        {
            Navigation.NavigateTo(IsHere(to) ? to! : "/");
        }
    }

    protected async Task<bool> Try(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (ModelException refusal)
        {
            Fault = refusal.Message;
            return false;
        }
    }

    /// <summary>Only pages of this studio: an address elsewhere would make the door a trap.</summary>
    private static bool IsHere(string? to) => to is ['/', ..] and not ['/', '/' or '\\', ..];
}

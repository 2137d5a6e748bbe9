using Microsoft.AspNetCore.Components.Routing;

namespace OmniGen2.Web.Components;

/// <summary>Leads the focus to the new page's heading, but leaves it alone on the first page: by the time that one has become alive, somebody may be writing in it.</summary>
public sealed class FocusAfterNavigation : FocusOnNavigate
{
    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? Task.CompletedTask : base.OnAfterRenderAsync(firstRender);
}

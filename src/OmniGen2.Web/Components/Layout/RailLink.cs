using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace OmniGen2.Web.Components.Layout;

/// <summary>A place of the rail, current for pages below other addresses too.</summary>
public sealed class RailLink : NavLink
{
    /// <summary>Whether the path of a page, such as "/pictures/…", belongs here as well.</summary>
    [Parameter] public Func<string, bool>? Also { get; set; }

    protected override bool ShouldMatch(string uriAbsolute) => base.ShouldMatch(uriAbsolute) || Also?.Invoke(new Uri(uriAbsolute).AbsolutePath) == true;
}

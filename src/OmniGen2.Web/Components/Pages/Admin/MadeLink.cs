namespace OmniGen2.Web.Components.Pages.Admin;

/// <summary>A link that is shown once.</summary>
/// <param name="Words">For whom, and for how long.</param>
/// <param name="Address">The whole of it.</param>
public sealed record MadeLink(string Words, string Address);

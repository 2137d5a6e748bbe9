namespace OmniGen2.Web.Components.Pages.Admin;

/// <summary>Something that is done to the job of another, who reads why.</summary>
/// <param name="Title">The question.</param>
/// <param name="Owner">The name of who reads it.</param>
/// <param name="Verb">On the button.</param>
/// <param name="Do">With the reason; true when that was taken.</param>
public sealed record ReasonAsked(string Title, string Owner, string Verb, Func<string, Task<bool>> Do);

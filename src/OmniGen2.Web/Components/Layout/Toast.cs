namespace OmniGen2.Web.Components.Layout;

/// <summary>A sentence that passes by, perhaps with one thing to do about it.</summary>
/// <param name="Text">What happened.</param>
/// <param name="Icon">Of the sprite.</param>
/// <param name="Kind">"", "ok" or "danger".</param>
/// <param name="Action">The word on its button; null for none.</param>
/// <param name="Act">What the button does.</param>
/// <param name="IsUndo">Ctrl+Z does it too, also when the sentence is gone.</param>
public sealed record Toast(string Text, string Icon, string Kind = "", string? Action = null, Func<Task>? Act = null, bool IsUndo = false)
{
    /// <summary>Two that say the same are still two.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>How long it stays while nobody points at it or has its button in focus.</summary>
    public TimeSpan Lifetime => TimeSpan.FromSeconds(Action is null ? 6 : 12);
}

namespace OmniGen2.Web.Components.Tabs;

/// <summary>Words that a person puts around prompts.</summary>
/// <param name="Id">Of its row.</param>
/// <param name="Name">As it stands in the menu.</param>
/// <param name="Words">Where <see cref="Place"/> stands, the prompt goes; without one it goes before them.</param>
public sealed record Style(Guid Id, string Name, string Words)
{
    public const string Place = "{prompt}";

    public string Around(string prompt) =>
        Words.Contains(Place, StringComparison.Ordinal) ? Words.Replace(Place, prompt, StringComparison.Ordinal) : $"{prompt}, {Words}";
}

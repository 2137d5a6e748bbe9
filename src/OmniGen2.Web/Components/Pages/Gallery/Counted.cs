namespace OmniGen2.Web.Components.Pages.Gallery;

/// <summary>Numbers with their noun.</summary>
public static class Counted
{
    public static string Pictures(int count) => count == 1 ? "1 picture" : $"{count:N0} pictures";

    public static string Pictures(int count, string participle) => $"{count:N0} {participle}";
}

namespace OmniGen2.Web.Team;

/// <summary>Words that people give things, brought into bounds.</summary>
internal static class Texts
{
    /// <summary>On one line, without spaces around it. Empty or too long is a <see cref="ModelException"/>.</summary>
    public static string Checked(string text, int longest, string what)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length switch
        {
            0 => throw new ModelException($"{what} is empty: write one."),
            var length when length > longest => throw new ModelException($"{what} has {length} characters and at most {longest} fit: shorten it."),
            _ => line,
        };
    }
}

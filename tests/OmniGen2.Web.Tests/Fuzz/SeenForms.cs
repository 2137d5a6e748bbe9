using System.Text.RegularExpressions;

namespace OmniGen2.Web.Tests.Fuzz;

/// <summary>The plain forms of pages, as a browser finds them.</summary>
internal static partial class SeenForms
{
    private static readonly string[] Pages = ["/sign-in", "/sign-up", "/first/unknown", "/join/unknown", "/reset/unknown?token=unknown"];

    /// <summary>By page: the names of the fields with what stands in them, tokens included.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> At(HttpClient client)
    {
        var forms = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (var page in Pages)
        {
            var fields = Input().Matches(await client.GetStringAsync(page)).DistinctBy(x => x.Groups[1].Value).ToDictionary(x => x.Groups[1].Value, x => Value().Match(x.Value).Groups[1].Value);
            if (fields.Count > 0)
            {
                forms[page] = fields;
            }
        }

        Assert.NotEmpty(forms);
        return forms;
    }

    [GeneratedRegex("<input[^>]* name=\"([^\"]+)\"[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex(" value=\"([^\"]*)\"")]
    private static partial Regex Value();
}

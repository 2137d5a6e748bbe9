namespace OmniGen2.Circuits;

/// <summary>What somebody does in a studio: looks around, chooses a quality, writes a prompt or a message, goes on.</summary>
internal static class Visit
{
    /// <summary>Where to go, and the field that is written in there.</summary>
    private static readonly (string Path, string? Field)[] Pages =
        [("/gallery", null), ("/queue", null), ("/", "prompt"), ("/chat", "say"), ("/compose", null), ("/edit", null), ("/usage", null)];

    /// <summary>One act after the other, each with what it was and how long the studio took for it.</summary>
    /// <param name="browser">Its page is open.</param>
    /// <param name="seed">Of what is chosen.</param>
    public static async IAsyncEnumerable<(string What, TimeSpan Took)> Acts(SimulatedBrowser browser, int seed)
    {
        var random = new Random(seed);
        // The browser opens at the third; to where it is it cannot go.
        var place = 2;
        while (true)
        {
            var field = Pages[place].Field;
            if (field is not null)
            {
                // A page shows its fields when it knows the model.
                await browser.Until(x => x["id"] == field);
                if (await browser.Do(x => x["name"] == "quality", "change", "on") is { } chose)
                {
                    yield return ("choose", chose);
                }

                if (await browser.Do(x => x["id"] == field, "change", $"a red circle and {random.Next(1000)} stars") is { } wrote)
                {
                    yield return ("write", wrote);
                }
            }

            place = (place + 1 + random.Next(Pages.Length - 1)) % Pages.Length;
            yield return ($"to {Pages[place].Path}", await browser.GoTo(Pages[place].Path));
        }
    }
}

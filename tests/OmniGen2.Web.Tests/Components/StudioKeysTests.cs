using System.Text.RegularExpressions;
using OmniGen2.Web.Components.Keys;

namespace OmniGen2.Web.Tests.Components;

/// <summary>The sheet of keys cannot lie: what it shows is what keys.js is given, and what that presses is on a page.</summary>
public sealed partial class StudioKeysTests
{
    [Fact]
    public void Every_key_presses_something_that_stands_on_a_page()
    {
        var pages = string.Concat(Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src/OmniGen2.Web"), "*.razor", SearchOption.AllDirectories).Select(File.ReadAllText));
        var names = DataKey().Matches(pages).Select(x => x.Groups[1].Value).ToHashSet();
        Assert.All(StudioKeys.All.SelectMany(x => x.Press), name => Assert.Contains(Digits().Replace(name, "@slot"), names));
    }

    [Fact]
    public void No_two_keys_of_keys_js_are_the_same()
    {
        var keys = StudioKeys.All.Where(x => !x.IsElsewhere).SelectMany(x => x.Keys).ToList();
        Assert.Equal(keys.Distinct(), keys);
    }

    [GeneratedRegex("(?:data-key|Key)=\"([^\"]+)\"")]
    private static partial Regex DataKey();

    [GeneratedRegex(@"\d$")]
    private static partial Regex Digits();
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OmniGen2.Web.Tests.Api.OpenAi;

namespace OmniGen2.Web.Tests.Hosting;

/// <summary>The list of what the studio is made of, against what CycloneDX 1.6 requires.</summary>
public sealed partial class PartsListTests
{
    private static readonly string[] Types =
        ["application", "framework", "library", "container", "platform", "operating-system", "device", "device-driver", "firmware", "file", "machine-learning-model", "data", "cryptographic-asset"];

    [Fact]
    public async Task List_is_valid_and_names_the_parts()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "sbom.json");
        await RealStudio.Run("dotnet", ["run", "eng/sbom.cs", file]);
        var list = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(file));

        Assert.Equal(("CycloneDX", "1.6"), (Text(list, "bomFormat"), Text(list, "specVersion")));
        Assert.True(list.GetProperty("version").GetInt32() >= 1);
        Assert.Matches("^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", Text(list, "serialNumber"));
        var made = list.GetProperty("metadata");
        Assert.True(DateTimeOffset.TryParse(Text(made, "timestamp"), CultureInfo.InvariantCulture, out _));
        var parts = list.GetProperty("components").EnumerateArray().ToList();
        foreach (var part in parts.Append(made.GetProperty("component")))
        {
            Assert.Contains(Text(part, "type"), Types);
            Assert.NotEmpty(Text(part, "name"));
        }

        foreach (var part in parts)
        {
            Assert.Matches(PackageUrl(), Text(part, "purl"));
            Assert.All(part.GetProperty("hashes").EnumerateArray(), x => Assert.Matches(Text(x, "alg") == "SHA-512" ? "^[0-9a-f]{128}$" : "^$", Text(x, "content")));
        }

        Assert.Equal(parts.Count, parts.Select(x => x.GetRawText()).Distinct().Count());
        Assert.Equal(parts.Count, parts.Select(x => Text(x, "bom-ref")).Distinct().Count());
        Assert.Contains(parts, x => Text(x, "name") == "Microsoft.EntityFrameworkCore.Sqlite.Core");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    [GeneratedRegex("^pkg:(nuget|deb/debian)/[^@]+@.+$")]
    private static partial Regex PackageUrl();
}

// Writes what the studio is made of as a CycloneDX list: dotnet run eng/sbom.cs [FILE]   (after a build; default artifacts/sbom.json)
// Packages come from what NuGet restored for the studio, Debian's from the machine they are installed on.
#:property PublishAot=false
using System.Diagnostics;
using System.Text.Json;

var target = args.FirstOrDefault() ?? "artifacts/sbom.json";
const string Assets = "artifacts/obj/OmniGen2.Web/project.assets.json";
if (!File.Exists(Assets))
{
    Console.Error.WriteLine($"There is no {Assets}: build the studio first, from the top of the repository.");
    return 1;
}

using var assets = JsonDocument.Parse(File.ReadAllText(Assets));
var packages = assets.RootElement.GetProperty("libraries").EnumerateObject()
    .Where(x => x.Value.GetProperty("type").GetString() == "package")
    .Select(x => (Name: x.Name.Split('/')[0], Version: x.Name.Split('/')[1], Sha512: x.Value.GetProperty("sha512").GetString()!))
    .Select(x => new
    {
        type = "library",
        name = x.Name,
        version = x.Version,
        purl = $"pkg:nuget/{x.Name}@{x.Version}",
        hashes = (object[])[new { alg = "SHA-512", content = Convert.ToHexStringLower(Convert.FromBase64String(x.Sha512)) }],
    });
string[] native = ["libtorch1.13", "libopenblas0-openmp", "libvips42", "libsqlite3-0", "libicu72", "libssl3"];
var debian = native.Select(x => (Name: x, Version: Installed(x))).Where(x => x.Version.Length > 0)
    .Select(x => new { type = "library", name = x.Name, version = x.Version, purl = $"pkg:deb/debian/{x.Name}@{Uri.EscapeDataString(x.Version)}", hashes = Array.Empty<object>() });
var components = packages.Concat(debian).OrderBy(x => x.purl, StringComparer.Ordinal)
    .Select(x => new Dictionary<string, object> { ["type"] = x.type, ["bom-ref"] = x.purl, ["name"] = x.name, ["version"] = x.version, ["purl"] = x.purl, ["hashes"] = x.hashes }).ToList();
var list = new
{
    bomFormat = "CycloneDX",
    specVersion = "1.6",
    serialNumber = $"urn:uuid:{Guid.NewGuid()}",
    version = 1,
    metadata = new { timestamp = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture), component = new { type = "application", name = "OmniGen2 Studio", version = "1" } },
    components,
};
File.WriteAllText(target, JsonSerializer.Serialize(list, new JsonSerializerOptions { WriteIndented = true }));
Console.WriteLine($"{target} lists {components.Count} components.");
return 0;

static string Installed(string package)
{
    using var query = Process.Start(new ProcessStartInfo("dpkg-query", ["-W", "-f=${Version}", package]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    var version = query.StandardOutput.ReadToEnd();
    query.WaitForExit();
    return query.ExitCode == 0 ? version : "";
}

using System.Text.RegularExpressions;
using OmniGen2.Imaging;

namespace OmniGen2.Web.Tests.Api.OpenAi;

/// <summary>The examples with curl, as they stand in the README.</summary>
[Collection(ClientTests.Name)]
public sealed partial class ReadmeTests(RealStudio studio)
{
    [Fact]
    public async Task Examples_of_the_readme_do_what_they_say()
    {
        using var folder = new TemporaryFolder();
        var readme = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "README.md"));
        var examples = ShellBlock().Matches(readme).Select(x => x.Groups[1].Value).Single(x => x.Contains("curl", StringComparison.Ordinal));
        var script = $"set -euo pipefail\n{examples.Replace("http://127.0.0.1:7860", studio.Address, StringComparison.Ordinal)}";

        var output = await RealStudio.Run("bash", ["-c", script], folder.Path);

        foreach (var picture in new[] { "star.png", "blue.png", "both.png" })
        {
            Assert.Equal(128, ImageHeader.Read(await File.ReadAllBytesAsync(Path.Combine(folder.Path, picture))).Width);
        }

        Assert.Contains("\"object\":\"list\"", output, StringComparison.Ordinal);
        Assert.Contains("event: image_generation.partial_image", output, StringComparison.Ordinal);
        Assert.Contains("event: image_generation.completed", output, StringComparison.Ordinal);
        Assert.Contains("\"object\":\"chat.completion\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"error\"", output, StringComparison.Ordinal);
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}

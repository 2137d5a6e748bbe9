using System.Text.RegularExpressions;

namespace OmniGen2.Web.Tests;

/// <summary>The arrows of the design, read from the `using` lines: who may know whom.</summary>
public sealed partial class ArrowTests
{
    private static readonly string Source = Path.Combine(RepositoryRoot.Path, "src");

    /// <summary>Folder below src → the namespaces of this project that it must not use.</summary>
    public static TheoryData<string, string[]> Forbidden => new()
    {
        { "LibTorch", ["OmniGen2"] },
        { "OmniGen2", ["OmniGen2.Web", "OmniGen2.Cli", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore"] },
        { "OmniGen2.Cli", ["OmniGen2.Web"] },
        { "OmniGen2.Web", ["OmniGen2.Cli", "OmniGen2.Models", "TorchSharp"] },
        { "OmniGen2.Web/History", ["OmniGen2.Web.Jobs", "OmniGen2.Web.Api", "OmniGen2.Web.Components", "OmniGen2.Web.Hosting"] },
        { "OmniGen2.Web/Jobs", ["OmniGen2.Web.Api", "OmniGen2.Web.Components", "OmniGen2.Web.Hosting"] },
        { "OmniGen2.Web/Api", ["OmniGen2.Web.Components", "OmniGen2.Web.Hosting"] },
        { "OmniGen2.Web/Components", ["OmniGen2.Web.Api", "OmniGen2.Web.Hosting", "Microsoft.EntityFrameworkCore"] },
        { "OmniGen2.Web/Options", ["OmniGen2.Web"] },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Folder_knows_only_what_it_may(string folder, string[] forbidden) =>
        Assert.Empty(
            from file in Files(folder)
            from used in UsedIn(file)
            where forbidden.Any(x => used == x || used.StartsWith(x + ".", StringComparison.Ordinal))
            select $"{Path.GetRelativePath(Source, file)} uses {used}");

    [Fact]
    public void Models_do_not_know_the_pipeline() =>
        Assert.Empty(Files("OmniGen2/Models").Where(x => PipelineName().IsMatch(File.ReadAllText(x))).Select(x => Path.GetRelativePath(Source, x)));

    [Fact]
    public void Only_LibTorch_and_Imaging_call_native_code() =>
        Assert.Empty(
            from file in Files("")
            let path = Path.GetRelativePath(Source, file).Replace('\\', '/')
            where !path.StartsWith("LibTorch/", StringComparison.Ordinal) && !path.StartsWith("OmniGen2/Imaging/", StringComparison.Ordinal)
            where NativeImport().IsMatch(File.ReadAllText(file))
            select path);

    private static IEnumerable<string> Files(string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(Source, folder), "*", SearchOption.AllDirectories)
        where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
        select file;

    private static IEnumerable<string> UsedIn(string file) => UsingLine().Matches(File.ReadAllText(file)).Select(x => x.Groups[1].Value);

    [GeneratedRegex(@"^\s*@?(?:global )?using (?:static )?(?:\w+ = )?([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"\bI?(?:OmniGen2)?Pipeline\b(?!Options)")]
    private static partial Regex PipelineName();

    [GeneratedRegex(@"\[(?:DllImport|LibraryImport)\b")]
    private static partial Regex NativeImport();
}

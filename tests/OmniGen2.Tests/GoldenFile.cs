using System.Runtime.CompilerServices;

namespace OmniGen2.Tests;

/// <summary>Finds the recorded data of the original, and the repository's own files, from wherever the tests run.</summary>
internal static class GoldenFile
{
    public static string Root { get; } = System.IO.Path.Combine(SourceFolder(), "Golden");

    public static string RepositoryRoot { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(SourceFolder(), "..", ".."));

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public static string Text(string relative) => File.ReadAllText(Path(relative));

    private static string SourceFolder([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}

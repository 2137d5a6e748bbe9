using System.Runtime.CompilerServices;

namespace OmniGen2.Web.Tests;

/// <summary>Where the repository lies, from wherever the tests run.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), "..", ".."));

    private static string Here([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}

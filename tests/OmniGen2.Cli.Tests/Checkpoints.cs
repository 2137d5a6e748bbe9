using OmniGen2.Tests;

namespace OmniGen2.Cli.Tests;

/// <summary>Where the checkpoints of the tests are.</summary>
internal static class Checkpoints
{
    public static string Tiny { get; } = GoldenFile.Path("tiny-omnigen2");

    public static string Mini { get; } = Path.Combine(GoldenFile.RepositoryRoot, "models/omnigen2-mini");

    /// <summary>A recorded file of the original's runs on the tiny checkpoint.</summary>
    public static string Run(string file) => GoldenFile.Path($"tiny-omnigen2-runs/{file}");

    /// <summary>The tiny checkpoint that says of itself that it draws small pictures in few steps.</summary>
    public static string SmallCopyOfTiny(TempFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(Tiny, "*", SearchOption.AllDirectories))
        {
            folder.Write(Path.Combine("tiny", Path.GetRelativePath(Tiny, file)), File.ReadAllBytes(file));
        }

        folder.Write("tiny/studio.json", """{ "name": "tiny", "min_size": 32, "default_size": 64, "max_size": 128, "default_steps": 3 }""");
        return folder.File("tiny");
    }
}

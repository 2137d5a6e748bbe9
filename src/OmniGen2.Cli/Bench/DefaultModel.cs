namespace OmniGen2.Cli.Bench;

/// <summary>The checkpoint that comes with the repository, found from the current folder or from where the program lies.</summary>
internal static class DefaultModel
{
    private const string Relative = "models/omnigen2-mini";

    public static string Find()
    {
        foreach (var start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var candidate = Path.Combine(folder.FullName, Relative);
                if (Directory.Exists(candidate))
                {
                    return candidate;
                }
            }
        }

        throw new ModelException($"There is no {Relative} here or above: name a checkpoint with --model.");
    }
}

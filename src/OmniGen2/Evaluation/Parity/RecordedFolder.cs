namespace OmniGen2.Evaluation.Parity;

/// <summary>One folder of a recorded set: finds its files, and remembers which of them some case looks at.</summary>
internal sealed class RecordedFolder
{
    private readonly string _path;
    private readonly HashSet<string> _claimed = [];

    public RecordedFolder(string path, string name, SearchOption depth = SearchOption.AllDirectories)
    {
        _path = path;
        Name = name;
        Files = [.. Directory.EnumerateFiles(path, "*", depth).Select(f => Path.GetRelativePath(path, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];
    }

    public string Name { get; }

    /// <summary>Relative, with slashes, sorted.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>What no case looks at; explanations for people aside.</summary>
    public IEnumerable<string> Unclaimed => Files.Where(f => !_claimed.Contains(f) && !f.EndsWith(".md", StringComparison.OrdinalIgnoreCase));

    public bool Has(string file) => Files.Contains(file);

    /// <summary>Where a file of this folder lies, whether or not it is there: opening it will say.</summary>
    public string Claim(string file)
    {
        _claimed.Add(file);
        return Path.Combine(_path, file);
    }

    /// <summary>Everything below a subfolder belongs to one case.</summary>
    public string ClaimBelow(string subfolder)
    {
        foreach (var file in Files.Where(f => f.StartsWith(subfolder + "/", StringComparison.Ordinal)))
        {
            _claimed.Add(file);
        }

        return Path.Combine(_path, subfolder);
    }

    /// <summary>Files directly in this folder with an ending, but for those named.</summary>
    public IReadOnlyList<string> WithEnding(string ending, params IEnumerable<string> except) =>
        [.. Files.Where(f => !f.Contains('/') && f.EndsWith(ending, StringComparison.Ordinal)).Except(except)];

    public RecordedFile Open(string file) => RecordedFile.Open(Claim(file));

    public RecordedJson Json(string file) => RecordedJson.Load(Claim(file));
}

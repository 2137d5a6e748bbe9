namespace OmniGen2.Evaluation.Parity;

/// <summary>A folder of recorded data: the set that ships with the tests, or another with the same layout.</summary>
internal sealed class RecordedSet
{
    private readonly string _path;
    private readonly Dictionary<string, RecordedFolder> _folders = [];

    public RecordedSet(string path)
    {
        _path = path;
        Top = new RecordedFolder(path, "", SearchOption.TopDirectoryOnly);
    }

    /// <summary>The files beside the folders.</summary>
    public RecordedFolder Top { get; }

    public IEnumerable<string> FolderNames => Directory.EnumerateDirectories(_path).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal);

    /// <summary>The folder that it is about; one object for everybody who asks, so that claims add up.</summary>
    public RecordedFolder Folder(string name)
    {
        if (!_folders.TryGetValue(name, out var folder))
        {
            var path = Path.Combine(_path, name);
            folder = Directory.Exists(path) ? new RecordedFolder(path, name) : throw new AbsentFolderException(name);
            _folders.Add(name, folder);
        }

        return folder;
    }

    public bool Has(string folder) => Directory.Exists(Path.Combine(_path, folder));
}

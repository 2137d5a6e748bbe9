using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>The cases of one folder. Listing them claims every file that they look at; weights are loaded by the first case that needs them.</summary>
internal abstract class RecordedCases(ParitySource source, string name) : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    public string Name => name;

    protected Device Device => source.Device;

    protected RecordedSet Set => source.Set;

    protected RecordedFolder Folder => source.Set.Folder(name);

    public abstract IEnumerable<ParityCase> List();

    public void Dispose() => Dispose(disposing: true);

    protected ParityCase Case(string title, Action<CaseChecks> compare) => new($"{name}/{title}", compare);

    /// <summary>A case that opens one file of tensors, which must leave none of them unread.</summary>
    protected ParityCase FileCase(string file, Action<RecordedFile, CaseChecks> compare)
    {
        Folder.Claim(file);
        return Case(Stem(file), checks =>
        {
            var tensors = Folder.Open(file);
            compare(tensors, checks);
            checks.Unread(tensors);
        });
    }

    /// <summary>Let go of after the folder's last case.</summary>
    protected LoadedPart<T> Own<T>(LoadedPart<T> part)
    {
        _owned.Add(part);
        return part;
    }

    protected virtual void Dispose(bool disposing) => _owned.ForEach(o => o.Dispose());

    protected static string Stem(string file) => Path.ChangeExtension(file, null);
}

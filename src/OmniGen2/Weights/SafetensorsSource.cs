using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>Parameters from one safetensors file or a sharded checkpoint, mapped, strictly checked.</summary>
public sealed class SafetensorsSource : WeightSource
{
    private readonly SafetensorsOptions _options;

    private readonly List<SafetensorsFile> _files = [];

    private readonly Dictionary<string, (SafetensorsFile File, SafetensorsEntry Entry)> _tensors = [];

    private readonly HashSet<string> _used = [];

    private SafetensorsSource(string path, SafetensorsOptions options)
        : base(options.DType, options.Device, options.Stager)
    {
        Description = path;
        _options = options;
    }

    public override string Description { get; }

    /// <summary>Names as the model calls them.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    internal override BlockWeights Blocks => _options.Blocks;

    internal override IReadOnlyCollection<string> Stored => Names;

    private protected override bool MayJoin => !_options.Trainable && Blocks == BlockWeights.Full && Device.type == DeviceType.CPU;

    /// <param name="path">A safetensors file, a `*.safetensors.index.json`, or a folder with one of them.</param>
    /// <param name="options">Type, device, aliases.</param>
    public static SafetensorsSource Open(string path, SafetensorsOptions? options = null)
    {
        var found = Directory.Exists(path) ? CheckpointFolder.FindWeights(path) : path;
        var source = new SafetensorsSource(found, options ?? new SafetensorsOptions());
        if (found.EndsWith(ShardIndex.Suffix, StringComparison.Ordinal))
        {
            foreach (var (shard, names) in ShardIndex.Read(found))
            {
                var file = SafetensorsFile.Open(shard);
                ShardIndex.Check(found, shard, names, file.Names);
                source.Add(file);
            }
        }
        else
        {
            source.Add(SafetensorsFile.Open(found));
        }

        return source;
    }

    public override bool Has(string name) => NameTree.Has(_tensors.Keys, name);

    public override long[]? ShapeOf(string name) => _tensors.TryGetValue(name, out var tensor) ? tensor.Entry.Shape : null;

    public override void Release()
    {
        base.Release();
        _files.ForEach(f => f.Release());
    }

    /// <summary>Bytes of all parameters handed out that can leave memory, or the device: those that lie in the mapped files or wait there.</summary>
    public long MovableBytes => Staged?.Bytes ?? Ranges("").Sum(r => r.Range.Length);

    public override void AssertAllUsed() => Strictness.AssertAllUsed(Description, _tensors.Keys.Where(n => !_used.Contains(n)), _tensors.Count);

    internal override Tensor Read(string name, Init init, long[] shape)
    {
        if (!_tensors.TryGetValue(name, out var tensor))
        {
            throw Strictness.Missing(Description, name, shape);
        }

        CheckShape(name, shape, tensor.Entry.Shape);
        _used.Add(name);
        return tensor.File.Tensor(tensor.Entry.Name);
    }

    // What was converted is not read again: without this, loading an fp32 file as bf16 would keep both in memory.
    internal override void Loaded(string name)
    {
        var (file, entry) = _tensors[name];
        if (!StaysMapped(name, entry) && file.Range(entry.Name) is { } range)
        {
            Accelerator.Release(range.Address, range.Length);
        }
    }

    internal override IEnumerable<(string Name, MappedRange Range)> Ranges(string prefix)
    {
        foreach (var (name, (file, entry)) in _tensors)
        {
            if (_used.Contains(name) && NameTree.IsAtOrBelow(name, prefix) && StaysMapped(name, entry) && file.Range(entry.Name) is { } range)
            {
                yield return (name, range);
            }
        }
    }

    // What is on the device as a whole need not be in this machine's memory as well.
    internal override bool Enter()
    {
        var brought = base.Enter();
        if (brought && !Streams)
        {
            _files.ForEach(f => f.Release());
        }

        return brought;
    }

    internal override SafetensorsFile? FileOf(string name)
    {
        var (file, entry) = _tensors[name];
        return file.Range(entry.Name) is null ? null : file;
    }

    protected override Tensor Finish(Tensor stored) =>
        _options.Trainable ? stored.to(DType, copy: true).to(Device).requires_grad_() : base.Finish(stored);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (var file in _files)
        {
            file.Release();
        }

        _files.Clear();
        _tensors.Clear();
    }

    private bool StaysMapped(string name, SafetensorsEntry entry) =>
        Staged is null && !PackedWeights.ContainsKey(name) && SafetensorsTypes.Type(entry.DType) == DType && Device.type == DeviceType.CPU && !_options.Trainable;

    private void Add(SafetensorsFile file)
    {
        _files.Add(file);
        foreach (var entry in file.Header.Entries)
        {
            if (!SafetensorsTypes.IsFloating(entry.DType))
            {
                throw new WeightsException($"{file.Path} has tensor '{entry.Name}' in the type {entry.DType}; weights come as F32, F16, BF16 or F64.");
            }

            var name = Alias(entry.Name);
            if (!_tensors.TryAdd(name, (file, entry)))
            {
                throw new WeightsException($"Tensor '{name}' is both in {_tensors[name].File.Path} (as '{_tensors[name].Entry.Name}') and in {file.Path} (as '{entry.Name}'); keep one.");
            }
        }
    }

    private string Alias(string name)
    {
        foreach (var (stored, wanted) in _options.Aliases)
        {
            if (name.StartsWith(stored, StringComparison.Ordinal))
            {
                return wanted + name[stored.Length..];
            }
        }

        return name;
    }
}

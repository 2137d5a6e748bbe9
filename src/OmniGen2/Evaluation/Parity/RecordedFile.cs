using OmniGen2.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>The tensors of one recorded file, and which of them have been asked for.</summary>
internal sealed class RecordedFile
{
    private readonly SafetensorsFile _file;
    private readonly HashSet<string> _read = [];

    private RecordedFile(SafetensorsFile file)
    {
        _file = file;
    }

    public string Path => _file.Path;

    /// <summary>In the file's order.</summary>
    public IEnumerable<string> Names => _file.Header.Entries.Select(e => e.Name);

    public IEnumerable<string> Unread => Names.Where(n => !_read.Contains(n));

    public static RecordedFile Open(string path) => new(SafetensorsFile.Open(path));

    public bool Has(string name) => _file.Names.Contains(name);

    public long[] Shape(string name) => Entry(name).Shape;

    public bool IsFloating(string name) => SafetensorsTypes.IsFloating(Entry(name).DType);

    public float[] Floats(string name) => Read(name, ScalarType.Float32, t => t.data<float>().ToArray());

    public long[] Longs(string name) => Read(name, ScalarType.Int64, t => t.data<long>().ToArray());

    public int[] Ints(string name) => [.. Longs(name).Select(v => checked((int)v))];

    public byte[] Bytes(string name) => Read(name, ScalarType.Byte, t => t.data<byte>().ToArray());

    /// <summary>A tensor of its own, fp32 when it holds fractions, in the current scope.</summary>
    public Tensor Tensor(string name, Device? device = null) =>
        (IsFloating(name) ? torch.tensor(Floats(name), Shape(name)) : torch.tensor(Longs(name), Shape(name))).to(device ?? CPU);

    private T Read<T>(string name, ScalarType type, Func<Tensor, T> take)
    {
        _ = Entry(name);
        _read.Add(name);
        using var scope = NewDisposeScope();
        return take(_file.Tensor(name).to(type).contiguous());
    }

    private SafetensorsEntry Entry(string name) => _file.Entry(name);
}

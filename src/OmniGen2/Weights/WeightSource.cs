using OmniGen2.Weights.Staging;
using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>
/// Where the parameters of a model come from. It owns every tensor that it handed out: they live until it is disposed,
/// whatever dispose scope the model was built in.
/// </summary>
public abstract partial class WeightSource : IDisposable
{
    private readonly Dictionary<string, Tensor> _parameters = [];

    private readonly List<WeightSource> _owned = [];

    protected WeightSource(ScalarType dtype, Device? device = null)
    {
        DType = dtype;
        Device = device ?? CPU;
    }

    /// <param name="dtype">The type that the model computes in.</param>
    /// <param name="device">Where it computes; the CPU when null.</param>
    /// <param name="stager">Brings parameters to the device by turns; null where they are there from the beginning.</param>
    private protected WeightSource(ScalarType dtype, Device? device, WeightStager? stager)
        : this(dtype, device) => Staged = stager is null ? null : new StagedWeights(stager);

    /// <summary>The type that the model computes in; parameters arrive in it.</summary>
    public ScalarType DType { get; }

    public Device Device { get; }

    /// <summary>Whether layers let go of their weights behind them, to run in less memory than the weights take; may change at any time.</summary>
    public bool Streams { get; set; }

    /// <summary>The scope that holds all names.</summary>
    public WeightScope Root => new(this, "");

    /// <summary>Everything handed out so far, by full name.</summary>
    public IReadOnlyDictionary<string, Tensor> Parameters => _parameters;

    /// <summary>Bytes of everything handed out so far, mapped files included.</summary>
    public long Bytes => (Staged?.Bytes ?? Size(_parameters.Values)) + Size(_joined.Values) + _packed.Values.Sum(w => w.Bytes);

    /// <summary>What messages call this source, a path as a rule.</summary>
    public abstract string Description { get; }

    /// <summary>How the layers of blocks are kept.</summary>
    internal virtual BlockWeights Blocks => BlockWeights.Full;

    /// <summary>Every name that there is; null when the source makes whatever is asked for.</summary>
    internal virtual IReadOnlyCollection<string>? Stored => null;

    /// <summary>Drops what lies in mapped files from memory, and what waits in this machine's memory from the device; the next use brings it again. Nothing happens to copies.</summary>
    public virtual void Release() => Staged?.Leave();

    /// <summary>Whether there is a tensor of this name or any below it; for parts that some checkpoints lack.</summary>
    public abstract bool Has(string name);

    /// <summary>The shape this tensor has here, null when the source does not say.</summary>
    public abstract long[]? ShapeOf(string name);

    /// <summary>Throws when this source holds tensors that no model asked for.</summary>
    public virtual void AssertAllUsed()
    {
    }

    /// <summary>Builds a model after a dry run without data has shown that every tensor it needs is here, in its shape, and that none is left over.</summary>
    public T Build<T>(Func<WeightScope, T> build)
    {
        if (Stored is not null)
        {
            Strictness.Check(this, Stored, build);
        }

        return build(Root);
    }

    /// <summary>The same weights with a low-rank change folded in; owned by this source.</summary>
    /// <param name="lora">Checked here: a module that this source lacks, or that has another size, is an error.</param>
    /// <param name="scale">1 applies the change as it was trained.</param>
    public virtual WeightSource WithLora(LoraFile lora, double scale = 1)
    {
        var source = new LoraSource(this, lora, scale);
        _owned.Add(source);
        return source;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    internal Tensor Parameter(string name, Init init, long[] shape)
    {
        if (_parameters.TryGetValue(name, out var known))
        {
            CheckShape(name, shape, Staged?.ShapeOf(name) ?? known.shape);
            return known;
        }

        using var scope = NewDisposeScope();
        var read = Read(name, init, shape);
        var made = Staged is null ? Finish(read) : Stage(name, read);
        _parameters[name] = made.DetachFromDisposeScope();
        Loaded(name);
        return made;
    }

    /// <summary>The tensor as stored, perhaps in another type and as a view of a file; throws when it is missing or has another shape.</summary>
    internal abstract Tensor Read(string name, Init init, long[] shape);

    /// <summary>Called when a parameter is ready, to let go of what it was read from.</summary>
    internal virtual void Loaded(string name)
    {
    }

    /// <summary>Byte ranges of the file that back the parameters below a prefix, by full name.</summary>
    internal virtual IEnumerable<(string Name, MappedRange Range)> Ranges(string prefix) => [];

    /// <summary>Brings what was read into the type and onto the device that the model computes in.</summary>
    protected virtual Tensor Finish(Tensor stored) => stored.to(DType).to(Device);

    protected virtual void Dispose(bool disposing)
    {
        foreach (var source in _owned)
        {
            source.Dispose();
        }

        Staged?.Dispose();
        foreach (var parameter in _parameters.Values.Concat(_joined.Values))
        {
            parameter.Dispose();
        }

        foreach (var weight in _packed.Values)
        {
            weight.Dispose();
        }

        _owned.Clear();
        _packed.Clear();
        _joined.Clear();
        _parameters.Clear();
    }

    private static long Size(IEnumerable<Tensor> tensors) => tensors.Sum(t => t.numel() * t.element_size());

    private protected void CheckShape(string name, long[] wanted, long[] found)
    {
        if (!wanted.AsSpan().SequenceEqual(found))
        {
            throw new WeightsException($"{Description} has tensor '{name}' in the shape {Shapes.Text(found)}, but the model's config makes it {Shapes.Text(wanted)}; config and weights belong to different models.");
        }
    }
}

using static TorchSharp.torch;

namespace OmniGen2.Weights.Staging;

/// <summary>
/// The parameters of one part of a model that is computed on a device and waits in this machine's memory. Entered, all of it is brought there; or, to run
/// in little memory, what belongs to no region: regions are then walked through a ring, and tables are read row by row.
/// </summary>
internal sealed class StagedWeights(WeightStager stager) : IDisposable
{
    private readonly Dictionary<string, StagedParameter> _parameters = [];
    private readonly List<(IReadOnlyList<string> Prefixes, int Pieces)> _regions = [];
    private readonly Dictionary<string, IReadOnlyList<StagedSet>> _tables = [];
    private (StagedSet Set, Tensor? Memory, bool Streams)? _there;

    public WeightStager Stager => stager;

    public long Bytes => Size(_parameters.Values.Sum(p => p.Numbers));

    /// <summary>What stays on the device while regions are walked.</summary>
    public long RestBytes => Size(new StagedSet(Rest).Numbers);

    /// <summary>The largest set that is walked.</summary>
    public long LargestBytes => _regions.Count == 0 ? 0 : Size(_regions.Max(r => (Below(r.Prefixes).Numbers + r.Pieces - 1) / r.Pieces));

    private IEnumerable<StagedParameter> Rest =>
        _parameters.Where(p => !_regions.Exists(r => r.Prefixes.Any(prefix => NameTree.IsAtOrBelow(p.Key, prefix)))).Select(p => p.Value);

    /// <summary>Takes a parameter over; what is returned is filled and emptied from here.</summary>
    /// <param name="name">Full name.</param>
    /// <param name="home">Its numbers, owned from here on.</param>
    /// <param name="file">What they are a view of; null for a copy.</param>
    public Tensor Add(string name, Tensor home, SafetensorsFile? file)
    {
        var parameter = _parameters[name] = new StagedParameter(home, stager.Nothing, file);
        return parameter.OnDevice;
    }

    /// <summary>Shape of a parameter, wherever it is; null for one that is unknown.</summary>
    public long[]? ShapeOf(string name) => _parameters.GetValueOrDefault(name)?.Shape;

    /// <summary>A parameter's numbers in this machine's memory, in the type in which they are kept; not the caller's.</summary>
    public Tensor Whole(string name) => _parameters[name].Home;

    /// <summary>Says that parameters below these names are walked as one set, or in so many pieces.</summary>
    public void Divide(IReadOnlyList<string> prefixes, int pieces) => _regions.Add((prefixes, pieces));

    public StagedSet Below(IReadOnlyList<string> prefixes) =>
        new(_parameters.Where(p => prefixes.Any(prefix => NameTree.IsAtOrBelow(p.Key, prefix))).Select(p => p.Value));

    /// <summary>The parameter of a table, in pieces of rows; each is a set of one parameter.</summary>
    public IReadOnlyList<StagedSet> InRows(string prefix, int count)
    {
        if (!_tables.TryGetValue(prefix, out var pieces))
        {
            _tables[prefix] = pieces = [.. Table(prefix).InRows(count, stager.Nothing).Select(p => new StagedSet([p]))];
        }

        return pieces;
    }

    /// <summary>Rows of a table, straight from this machine's memory.</summary>
    public Tensor Rows(string prefix, Tensor ids) => Table(prefix).Rows(ids);

    /// <summary>Brings what is to stay; false when it is there already.</summary>
    public bool Enter(bool streams)
    {
        if (_there?.Streams == streams)
        {
            return false;
        }

        Leave();
        var set = new StagedSet(streams ? Rest : _parameters.Values);
        _there = (set, set.Numbers > 0 ? stager.Bring(set) : null, streams);
        return true;
    }

    /// <summary>Takes everything off the device.</summary>
    public void Leave()
    {
        if (_there is { } there)
        {
            _there = null;
            if (there.Memory is not null)
            {
                stager.Drop(there.Set, there.Memory);
            }

            stager.FreeRing();
        }
    }

    public void Dispose()
    {
        Leave();
        foreach (var parameter in _parameters.Values.Concat(_tables.Values.SelectMany(t => t).SelectMany(s => s.Parameters)))
        {
            parameter.Dispose();
        }

        _tables.Clear();
        _parameters.Clear();
    }

    private StagedParameter Table(string prefix) => _parameters.Single(p => NameTree.IsAtOrBelow(p.Key, prefix)).Value;

    private long Size(long numbers) => numbers * stager.Nothing.element_size();
}

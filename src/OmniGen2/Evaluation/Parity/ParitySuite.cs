using OmniGen2.Sampling;
using static TorchSharp.torch;

namespace OmniGen2.Evaluation.Parity;

/// <summary>
/// A set of recorded data of the original, all of it done again: how a new machine, GPU or build is proven. Configs, sizes, counts and
/// names come from the files of the set.
/// </summary>
public sealed class ParitySuite : IDisposable
{
    private readonly List<(RecordedCases Folder, List<ParityCase> Cases)> _groups = [];

    private ParitySuite(ParitySource source)
    {
        Device = source.Device;
        var absent = new List<string>();
        foreach (var (name, isThere, make) in Known(source))
        {
            if (!isThere)
            {
                absent.Add(name);
                continue;
            }

            var folder = make(source);
            _groups.Add((folder, List(folder)));
        }

        Absent = absent;
        Unused = [.. Unclaimed(source.Set)];
    }

    public Device Device { get; }

    public IEnumerable<ParityCase> Cases => _groups.SelectMany(g => g.Cases);

    /// <summary>Folders of the layout that this set lacks.</summary>
    public IReadOnlyList<string> Absent { get; }

    /// <summary>Files that no case looks at.</summary>
    public IReadOnlyList<string> Unused { get; }

    /// <param name="path">A folder laid out like the set that ships with the tests.</param>
    /// <param name="device">As in <see cref="PipelineOptions.Device"/>.</param>
    public static ParitySuite Open(string path, string device = "cpu")
    {
        if (!Directory.Exists(path))
        {
            throw new ModelException($"There is no folder '{path}': name one with recorded data of the original.");
        }

        var suite = new ParitySuite(new ParitySource(new RecordedSet(path), device, ModelParts.FindDevice(device)));
        return suite._groups.Count > 0
            ? suite
            : throw new ModelException($"'{path}' holds no recorded data: looked for {string.Join(", ", suite.Absent)}.");
    }

    /// <summary>Runs the cases that are wanted, in order. Weights are let go of with the last case of their folder.</summary>
    public IEnumerable<(ParityCase Case, ParityResult Result)> Run(Func<ParityCase, bool>? isWanted = null, CancellationToken stop = default)
    {
        using var precision = new FullPrecision();
        foreach (var (folder, cases) in _groups)
        {
            foreach (var item in cases.Where(isWanted ?? (_ => true)))
            {
                stop.ThrowIfCancellationRequested();
                yield return (item, item.Run());
            }

            folder.Dispose();
        }
    }

    public void Dispose() => _groups.ForEach(g => g.Folder.Dispose());

    private static IEnumerable<(string Name, bool IsThere, Func<ParitySource, RecordedCases> Make)> Known(ParitySource source)
    {
        yield return Folder("shapes", s => new ShapesCases(s));
        yield return (SchedulersCases.File, source.Set.Top.Has(SchedulersCases.File), s => new SchedulersCases(s));
        yield return Folder("tokenizer", s => new TokenizerCases(s));
        yield return Folder("chat", s => new ChatCases(s));
        yield return Folder("images", s => new ImagesCases(s));
        yield return Folder("processor", s => new ProcessorCases(s));
        yield return Folder("dit-tiny", s => new DitTinyCases(s));
        yield return Folder("dit-wide", s => new DitWideCases(s));
        yield return Folder("caching", s => new CachingCases(s));
        yield return Folder("lora", s => new LoraCases(s));
        yield return Folder("vae-tiny", s => new VaeTinyCases(s));
        yield return Folder("qwen-tiny", s => new QwenTinyCases(s));
        yield return Folder("tiny-omnigen2", s => new TinyCheckpointCases(s));
        yield return Folder("tiny-omnigen2-runs", s => new RunsCases(s));

        (string, bool, Func<ParitySource, RecordedCases>) Folder(string name, Func<ParitySource, RecordedCases> make) => (name, source.Set.Has(name), make);
    }

    /// <summary>A folder whose index cannot be read is a failed case, and so are the cases that it would have listed.</summary>
    private static List<ParityCase> List(RecordedCases folder)
    {
        var cases = new List<ParityCase>();
        try
        {
            cases.AddRange(folder.List());
        }
        catch (ModelException e)
        {
            cases.Add(new ParityCase(folder.Name, checks => checks.Fail("cases", e.Message)));
        }

        if (cases.Count == 0)
        {
            cases.Add(new ParityCase(folder.Name, checks => checks.Fail("cases", "the folder holds no case that this build knows")));
        }

        return cases;
    }

    private static IEnumerable<string> Unclaimed(RecordedSet set)
    {
        var known = Known(new ParitySource(set, "", CPU)).Select(k => k.Name).ToHashSet();
        var unknown = set.FolderNames.Where(n => !known.Contains(n)).Select(n => $"{n}/");
        var files = set.FolderNames.Where(known.Contains).SelectMany(n => set.Folder(n).Unclaimed.Select(f => $"{n}/{f}"));
        return set.Top.Unclaimed.Concat(unknown).Concat(files);
    }
}

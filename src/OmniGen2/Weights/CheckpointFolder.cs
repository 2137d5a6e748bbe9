namespace OmniGen2.Weights;

/// <summary>A model on disk in the published layout: model_index.json and one folder for each part.</summary>
public sealed class CheckpointFolder
{
    private const string IndexFile = "model_index.json";

    private const string ConfigName = "config.json";

    private static readonly Dictionary<string, string[]> Classes = new()
    {
        ["transformer"] = ["OmniGen2Transformer2DModel"],
        ["vae"] = ["AutoencoderKL"],
        ["mllm"] = ["Qwen2_5_VLForConditionalGeneration"],
        ["processor"] = ["Qwen2_5_VLProcessor"],
        ["scheduler"] = ["FlowMatchEulerDiscreteScheduler", "DPMSolverMultistepScheduler"],
    };

    // The published names; other names are taken when they are the only ones.
    private static readonly string[] WeightNames = ["diffusion_pytorch_model.safetensors", "model.safetensors"];

    private static readonly string[] Needed =
    [
        IndexFile,
        "transformer/config.json",
        "vae/config.json",
        "mllm/config.json",
        "processor/preprocessor_config.json",
        "processor/vocab.json",
        "processor/merges.txt",
        "scheduler/scheduler_config.json",
    ];

    private CheckpointFolder(string path)
    {
        Path = path;
    }

    public string Path { get; }

    public string Transformer => Part("transformer");

    public string Vae => Part("vae");

    /// <summary>The language model with its vision tower.</summary>
    public string Mllm => Part("mllm");

    /// <summary>Tokenizer and picture preprocessing.</summary>
    public string Processor => Part("processor");

    public string Scheduler => Part("scheduler");

    /// <summary>Checks that everything a model needs is there before any of it is read.</summary>
    public static CheckpointFolder Open(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new WeightsException($"The checkpoint folder '{path}' does not exist; set Model:Path (or --model) to a folder in the layout of OmniGen2/OmniGen2.");
        }

        var missing = Needed.Where(file => !File.Exists(System.IO.Path.Combine(path, file))).ToList();
        if (missing.Count > 0)
        {
            throw new WeightsException($"'{path}' is not an OmniGen2 checkpoint: it lacks {string.Join(", ", missing)}. Looked for {string.Join(", ", Needed)}, and *.safetensors in transformer, vae and mllm.");
        }

        var folder = new CheckpointFolder(path);
        folder.CheckClasses();
        foreach (var part in (string[])[folder.Transformer, folder.Vae, folder.Mllm])
        {
            FindWeights(part);
        }

        return folder;
    }

    /// <summary>The config of one part's folder.</summary>
    public static string Config(string part) => System.IO.Path.Combine(part, ConfigName);

    /// <summary>The weights of one part's folder: its single safetensors file, or the index of its shards.</summary>
    public static string FindWeights(string part)
    {
        if (!Directory.Exists(part))
        {
            throw new WeightsException($"The folder '{part}' does not exist; the published layout has it.");
        }

        var indices = Directory.GetFiles(part, "*.safetensors" + ShardIndex.Suffix).Order(StringComparer.Ordinal).ToArray();
        var files = Directory.GetFiles(part, "*.safetensors").Order(StringComparer.Ordinal).ToArray();
        var published = files.Where(f => WeightNames.Contains(System.IO.Path.GetFileName(f))).ToArray();
        var found = indices.Length > 0 ? indices : published.Length > 0 ? published : files;
        return found.Length switch
        {
            1 => found[0],
            0 => throw new WeightsException($"'{part}' has no weights: looked for *.safetensors and *.safetensors{ShardIndex.Suffix}{Pickles(part)}."),
            _ => throw new WeightsException($"'{part}' has {found.Length} weights files ({string.Join(", ", found.Select(System.IO.Path.GetFileName))}); keep one, or add the {ShardIndex.Suffix} that joins them."),
        };
    }

    private static string Pickles(string part)
    {
        var pickle = Directory.GetFiles(part).Select(System.IO.Path.GetFileName).FirstOrDefault(f => f!.EndsWith(".bin", StringComparison.Ordinal));
        return pickle is null ? "" : $"; '{pickle}' is a pickle, which is never loaded: convert it to safetensors";
    }

    private void CheckClasses()
    {
        var index = ConfigFile.Load(System.IO.Path.Combine(Path, IndexFile)).Expect("_class_name", "OmniGen2Pipeline", "OmniGen2ChatPipeline");
        foreach (var (part, classes) in Classes)
        {
            var pair = index.Strings(part);
            if (pair.Length != 2 || !classes.Contains(pair[1]))
            {
                throw new WeightsException($"{index.Path} gives '{part}' the class '{pair.LastOrDefault()}', which is unknown here; known: {string.Join(", ", classes)}.");
            }
        }
    }

    private string Part(string name) => System.IO.Path.Combine(Path, name);
}

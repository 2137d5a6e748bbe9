using static TorchSharp.torch;

namespace OmniGen2.Weights;

/// <summary>A LoRA for the transformer: which layers it changes, and by what. Read strictly; a key that is not understood is an error.</summary>
public sealed class LoraFile
{
    private static readonly string[] FileNames = ["pytorch_lora_weights.safetensors", "adapter_model.safetensors"];

    private readonly SafetensorsFile _file;

    private LoraFile(SafetensorsFile file, IReadOnlyList<LoraModule> modules)
    {
        _file = file;
        Modules = modules;
    }

    public string Path => _file.Path;

    public IReadOnlyList<LoraModule> Modules { get; }

    /// <param name="path">A safetensors file, or a folder with `pytorch_lora_weights.safetensors` or PEFT's `adapter_model.safetensors`.</param>
    public static LoraFile Load(string path)
    {
        var file = SafetensorsFile.Open(Directory.Exists(path) ? InFolder(path) : path);
        var keys = file.Names.Order(StringComparer.Ordinal).Select(key => (Key: key, Parsed: LoraKey.Parse(key))).ToList();
        var unknown = keys.Where(k => k.Parsed is null).Select(k => k.Key).ToList();
        if (unknown.Count > 0)
        {
            var what = unknown[0].Contains("dora_scale", StringComparison.Ordinal) ? "DoRA is not supported" : "known are lora_A/lora_B, lora.down/lora.up and alpha";
            throw new WeightsException($"{file.Path} has {unknown.Count} keys of {keys.Count} that are not understood, first '{unknown[0]}'; {what}.");
        }

        var alpha = AdapterAlpha(file.Path);
        var modules = keys.GroupBy(k => k.Parsed!.Value.Module)
            .Select(g => Module(file, g.Key, [.. g.Select(k => (k.Key, k.Parsed!.Value.Part))], alpha))
            .OrderBy(m => m.Name, StringComparer.Ordinal)
            .ToList();
        return modules.Count > 0 ? new LoraFile(file, modules) : throw new WeightsException($"{file.Path} is empty: no layer is changed by it.");
    }

    /// <summary>(alpha / rank) · up · down in fp32, [outputs, inputs].</summary>
    internal Tensor Change(LoraModule module)
    {
        using var scope = NewDisposeScope();
        var down = _file.Tensor(module.DownKey).to(ScalarType.Float32); // [R, in]
        var up = _file.Tensor(module.UpKey).to(ScalarType.Float32);     // [out, R]
        return (up.matmul(down) * (module.Alpha / module.Rank)).MoveToOuterDisposeScope();
    }

    private static string InFolder(string folder) =>
        FileNames.Select(name => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new WeightsException($"The folder '{folder}' holds no LoRA: looked for {string.Join(" and ", FileNames)}.");

    // PEFT keeps alpha beside the weights, in a file of its own; diffusers' files have none and mean alpha = rank.
    private static double? AdapterAlpha(string path)
    {
        var config = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, "adapter_config.json");
        return System.IO.Path.GetFileName(path) == FileNames[1] && File.Exists(config) ? ConfigFile.Load(config).Double("lora_alpha") : null;
    }

    private static LoraModule Module(SafetensorsFile file, string name, (string Key, LoraPart Part)[] keys, double? alpha)
    {
        var down = Only(file, name, keys, LoraPart.Down) ?? throw Half(file, name, "up (lora_B)", "down (lora_A)");
        var up = Only(file, name, keys, LoraPart.Up) ?? throw Half(file, name, "down (lora_A)", "up (lora_B)");
        var (a, b) = (file.Entry(down).Shape, file.Entry(up).Shape);
        if (a.Length != 2 || b.Length != 2 || a[0] != b[1] || a[0] == 0)
        {
            throw new WeightsException($"{file.Path} has '{down}' {Shapes.Text(a)} and '{up}' {Shapes.Text(b)}, which are not [rank, in] and [out, rank] of one rank.");
        }

        var stored = Only(file, name, keys, LoraPart.Alpha);
        return new LoraModule(name, down, up, a[0], a[1], b[0], stored is null ? alpha ?? a[0] : Number(file, stored));
    }

    private static string? Only(SafetensorsFile file, string module, (string Key, LoraPart Part)[] keys, LoraPart part)
    {
        string[] found = [.. keys.Where(k => k.Part == part).Select(k => k.Key)];
        return found.Length < 2
            ? found.FirstOrDefault()
            : throw new WeightsException($"{file.Path} changes the layer '{module}' twice, by '{found[0]}' and '{found[1]}'; keep one.");
    }

    private static WeightsException Half(SafetensorsFile file, string module, string has, string lacks) =>
        new($"{file.Path} has {has} of the layer '{module}' but not {lacks}; download it again.");

    private static double Number(SafetensorsFile file, string key)
    {
        using var scope = NewDisposeScope();
        var tensor = file.Tensor(key);
        return tensor.numel() == 1
            ? tensor.to(ScalarType.Float64).item<double>()
            : throw new WeightsException($"{file.Path} has '{key}' {Shapes.Text(tensor.shape)}, which is not one number.");
    }
}

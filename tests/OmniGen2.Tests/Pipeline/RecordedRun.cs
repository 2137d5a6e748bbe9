using System.Text.Json;
using OmniGen2.Imaging;

namespace OmniGen2.Tests.Pipeline;

/// <summary>One run of the original's pipelines on the tiny checkpoint: what was asked, and the tensors that came of it.</summary>
internal sealed class RecordedRun
{
    private const string Folder = "tiny-omnigen2-runs";

    private static readonly JsonElement Index = JsonDocument.Parse(GoldenFile.Text($"{Folder}/index.json")).RootElement;

    private readonly JsonElement _entry;
    private readonly JsonElement _call;

    public RecordedRun(string name)
    {
        Name = name;
        _entry = Index.GetProperty(name);
        _call = _entry.GetProperty("call");
        Golden = GoldenTensors.Open($"{Folder}/{name}.safetensors");
    }

    public static IReadOnlyList<string> Names { get; } = [.. Index.EnumerateObject().Select(p => p.Name)];

    public string Name { get; }

    public GoldenTensors Golden { get; }

    public bool IsChat => _entry.GetProperty("pipeline").GetString() == "OmniGen2ChatPipeline";

    public bool IsPicture => Pictures > 0;

    public int Pictures => _entry.GetProperty("png").GetArrayLength();

    /// <summary>Prompts of the batch: two runs draw several pictures of one, one draws two at once.</summary>
    public int Prompts => _call.GetProperty("prompt").ValueKind == JsonValueKind.Array ? _call.GetProperty("prompt").GetArrayLength() : 1;

    public IReadOnlyList<float> Times => [.. _entry.GetProperty("timesteps_fp32").EnumerateArray().Select(t => t.GetSingle())];

    public string ReturnedText => _entry.GetProperty("chat").GetProperty("returned_text").GetString()!;

    public IReadOnlyList<RgbImage> Images => _call.TryGetProperty("input_images", out var names)
        ? [.. names.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String).Select(n => ImageFile.Open(GoldenFile.Path($"{Folder}/{n.GetString()}")))]
        : [];

    /// <summary>Branch names of a step, in the order in which the original called its model.</summary>
    public IReadOnlyList<string> Calls(int step) =>
        [.. _entry.GetProperty("model_calls").EnumerateArray().Where(c => c[0].GetInt32() == step).Select(c => c[1].GetString()!)];

    public string Prompt(int picture) => _call.GetProperty("prompt") is { ValueKind: JsonValueKind.Array } several
        ? several[picture].GetString()!
        : _call.GetProperty("prompt").GetString()!;

    public RgbImage Png(int picture) => ImageFile.Open(GoldenFile.Path($"{Folder}/{Name}_{picture}.png"));

    public GenerationRequest Request(int picture) => new()
    {
        Prompt = Prompt(picture),
        NegativePrompt = _call.TryGetProperty("negative_prompt", out var negative) ? negative.GetString()! : "",
        Images = Images,
        Width = Int("width", 1024),
        Height = Int("height", 1024),
        AlignToReference = !_call.TryGetProperty("align_res", out var align) || align.GetBoolean(),
        MaxPixels = Int("max_pixels", 1024 * 1024),
        MaxReferenceSide = Int("max_input_image_side_length", 1024),
        Steps = Int("num_inference_steps", 28),
        TextGuidance = Double("text_guidance_scale", 4),
        ImageGuidance = Double("image_guidance_scale", 1),
        CfgStart = _call.TryGetProperty("cfg_range", out var range) ? range[0].GetDouble() : 0,
        CfgEnd = _call.TryGetProperty("cfg_range", out _) ? range[1].GetDouble() : 1,
        Scheduler = _entry.GetProperty("scheduler").GetString() == "euler" ? SchedulerKind.Euler : SchedulerKind.DpmSolver,
        FromChat = IsChat,
    };

    /// <summary>The noise that the original drew, for this picture of the batch.</summary>
    public ParityOptions Parity(int picture, RecordedTensors record) => new()
    {
        Latents = Latents("input.latents", picture),
        PosteriorNoise = [.. Enumerable.Range(0, Images.Count).Select(i => Latents($"ref{i}.noise", null))],
        TrustSpecialTokens = true,
        AnySize = true,
        Record = record.Add,
    };

    private LatentImage Latents(string name, int? picture)
    {
        var shape = Golden.Shape(name)[^3..];
        var size = (int)(shape[0] * shape[1] * shape[2]);
        return new LatentImage((int)shape[0], (int)shape[1], (int)shape[2], Golden.Floats(name).AsSpan((picture ?? 0) * size, size).ToArray());
    }

    private int Int(string key, int otherwise) => _call.TryGetProperty(key, out var value) ? value.GetInt32() : otherwise;

    private double Double(string key, double otherwise) => _call.TryGetProperty(key, out var value) ? value.GetDouble() : otherwise;
}

using OmniGen2.Imaging;

namespace OmniGen2.Evaluation.Parity;

/// <summary>One run of the original's pipelines: what it was called with, and the tensors that came of it.</summary>
internal sealed class RecordedRun(RecordedFolder folder, RecordedJson entry, RecordedFile tensors)
{
    private static readonly string[] KnownArguments =
    [
        "prompt", "negative_prompt", "input_images", "width", "height", "align_res", "max_pixels", "max_input_image_side_length", "max_sequence_length",
        "num_images_per_prompt", "num_inference_steps", "text_guidance_scale", "image_guidance_scale", "cfg_range",
    ];

    private readonly RecordedJson _call = entry["call"];

    public RecordedJson Entry => entry;

    public RecordedFile Tensors => tensors;

    public bool IsChat => entry["pipeline"].Text == "OmniGen2ChatPipeline";

    /// <summary>The language model was made to ask for a picture.</summary>
    public bool IsForced => IsChat && entry["chat"]["mode"].Text == "forced";

    public int Pictures => entry["png"].Items.Count;

    public float[] Times => [.. entry["timesteps_fp32"].Doubles.Select(t => (float)t)];

    public IReadOnlyList<RgbImage> Images =>
        [.. (_call.Find("input_images")?.Items ?? []).Where(i => !i.IsNull).Select(i => ImageFile.Open(folder.Claim(i.Text)))];

    /// <summary>Branch and time of every call of the network in a step, in the original's order.</summary>
    public List<(string Branch, float Time)> Calls(int step) =>
        [.. entry["model_calls"].Items.Select(c => c.Items).Where(c => c[0].Int == step).Select(c => (c[1].Text, (float)c[2].Double))];

    /// <summary>Which of several prompts a picture of the batch was drawn from.</summary>
    public int PromptOf(int picture) => picture / Int("num_images_per_prompt", 1);

    public string Prompt(int picture) => _call["prompt"].IsList ? _call["prompt"].Items[PromptOf(picture)].Text : _call["prompt"].Text;

    public RgbImage Png(int picture) => ImageFile.Open(folder.Claim(entry["png"].Items[picture].Text));

    public GenerationRequest Request(int picture)
    {
        if (_call.Entries.Select(e => e.Key).Except(KnownArguments).FirstOrDefault() is { } unknown)
        {
            throw new ModelException($"The run was called with '{unknown}', which this build does not know.");
        }

        var range = Find("cfg_range")?.Doubles ?? [0, 1];
        return new GenerationRequest
        {
            Prompt = Prompt(picture),
            NegativePrompt = Find("negative_prompt")?.Text ?? "",
            Images = Images,
            Width = Int("width", 1024),
            Height = Int("height", 1024),
            AlignToReference = Find("align_res")?.Bool ?? true,
            MaxPixels = Int("max_pixels", 1024 * 1024),
            MaxReferenceSide = Int("max_input_image_side_length", 1024),
            MaxPromptTokens = Int("max_sequence_length", 1024),
            Steps = Int("num_inference_steps", 28),
            TextGuidance = Find("text_guidance_scale")?.Double ?? 4,
            ImageGuidance = Find("image_guidance_scale")?.Double ?? 1,
            CfgStart = range[0],
            CfgEnd = range[1],
            Scheduler = RecordedNames.Scheduler(entry["scheduler"]),
            FromChat = IsChat,
        };
    }

    /// <summary>The noise that the original drew, for one picture of the batch.</summary>
    public ParityOptions Parity(int picture, RunRecorder recorder) => new()
    {
        Latents = Latents("input.latents", picture),
        PosteriorNoise = [.. Enumerable.Range(0, Images.Count).Select(i => Latents($"ref{i}.noise", 0))],
        TrustSpecialTokens = true,
        AnySize = true,
        Record = recorder.Add,
    };

    /// <summary>One picture of a batch.</summary>
    public float[] Slice(string name, int picture)
    {
        var values = tensors.Floats(name);
        var size = values.Length / (int)tensors.Shape(name)[0];
        return values.AsSpan(picture * size, size).ToArray();
    }

    private LatentImage Latents(string name, int picture)
    {
        var shape = tensors.Shape(name)[^3..];                               // [C, h, w], with or without a batch before it
        var size = (int)(shape[0] * shape[1] * shape[2]);
        return new LatentImage((int)shape[0], (int)shape[1], (int)shape[2], tensors.Floats(name).AsSpan(picture * size, size).ToArray());
    }

    private RecordedJson? Find(string key) => _call.Find(key) is { IsNull: false } value ? value : null;

    private int Int(string key, int otherwise) => Find(key)?.Int ?? otherwise;
}

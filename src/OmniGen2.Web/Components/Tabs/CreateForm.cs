namespace OmniGen2.Web.Components.Tabs;

/// <summary>What stands in the panel of Create. Starts at the model's defaults.</summary>
public sealed class CreateForm
{
    public string Prompt { get; set; } = "";

    public string NegativePrompt { get; set; } = "";

    public int Width { get; set; }

    public int Height { get; set; }

    public int Steps { get; set; }

    public double TextGuidance { get; set; }

    /// <summary>Counts only where there are references.</summary>
    public double ImageGuidance { get; set; }

    /// <summary>Null: a new one for every picture.</summary>
    public long? Seed { get; set; }

    public static CreateForm For(ModelInfo model) => new()
    {
        NegativePrompt = model.NegativePrompt,
        Width = model.DefaultSize,
        Height = model.DefaultSize,
        Steps = model.DefaultSteps,
        TextGuidance = model.TextGuidance,
        ImageGuidance = model.ImageGuidance,
    };

    /// <summary>The form that leads to this request again, with its own seed.</summary>
    public static CreateForm Of(GenerationRequest request) => new()
    {
        Prompt = request.Prompt,
        NegativePrompt = request.NegativePrompt,
        Width = request.Width,
        Height = request.Height,
        Steps = request.Steps,
        TextGuidance = request.TextGuidance,
        ImageGuidance = request.ImageGuidance,
        Seed = request.Seed,
    };

    public GenerationRequest ToRequest(ModelInfo model) => new()
    {
        Prompt = Prompt.Trim(),
        NegativePrompt = NegativePrompt.Trim(),
        Width = Width,
        Height = Height,
        MaxPixels = model.MaxPixels,
        Steps = Steps,
        TextGuidance = TextGuidance,
        ImageGuidance = ImageGuidance,
        Scheduler = model.Scheduler,
        Seed = Seed ?? NewSeed(),
    };

    /// <summary>Short enough to be read out and typed in again.</summary>
    public static long NewSeed() => Random.Shared.NextInt64(1L << 32);

    /// <summary>What differs from the model's defaults, in words, for the head of the folded part.</summary>
    public string FineTuning(ModelInfo model)
    {
        var changed = (Steps == model.DefaultSteps ? 0 : 1) + (TextGuidance == model.TextGuidance ? 0 : 1) + (Seed is null ? 0 : 1);
        return changed == 0 ? $"{Steps} steps · random seed" : $"{changed} changed";
    }
}

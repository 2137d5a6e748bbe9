using System.Globalization;
using System.Text.Json.Serialization;
using OmniGen2.Reflection;
using OmniGen2.Web.Components.Controls;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Components.Tabs;

/// <summary>What stands in the panel. Starts at the model's defaults; everything but the words is what a preset keeps.</summary>
public sealed record CreateForm
{
    // A head that names more than this is longer than its line.
    private const int MostNamed = 2;

    [JsonIgnore]
    public string Prompt { get; set; } = "";

    /// <summary>Words around the prompt.</summary>
    [JsonIgnore]
    public Style? Style { get; set; }

    public string NegativePrompt { get; set; } = "";

    public int Width { get; set; }

    public int Height { get; set; }

    public int Count { get; set; } = 1;

    public int Steps { get; set; }

    public double TextGuidance { get; set; }

    /// <summary>Counts only where there are references.</summary>
    public double ImageGuidance { get; set; }

    /// <summary>Guidance acts from this share of the steps …</summary>
    public double CfgStart { get; set; }

    /// <summary>… to this one.</summary>
    public double CfgEnd { get; set; } = 1;

    public SchedulerKind Scheduler { get; set; }

    /// <summary>What may be skipped between steps; none is exact.</summary>
    public Shortcut Shortcut { get; set; }

    /// <summary>Null: a new one for every start.</summary>
    public long? Seed { get; set; }

    /// <summary>After a start the seed goes on to the first one that was not drawn.</summary>
    public bool CountsUp { get; set; }

    /// <summary>The picture checks itself; null: it is drawn once.</summary>
    public ReflectionBudget? Reflection { get; set; }

    /// <param name="model">Whose defaults.</param>
    /// <param name="fromPictures">For drawing from references.</param>
    public static CreateForm For(ModelInfo model, bool fromPictures = false) => new()
    {
        NegativePrompt = model.NegativePrompt,
        Width = model.DefaultSize,
        Height = model.DefaultSize,
        Steps = model.DefaultSteps,
        TextGuidance = fromPictures ? model.EditTextGuidance : model.TextGuidance,
        ImageGuidance = model.ImageGuidance,
        Scheduler = model.Scheduler,
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
        CfgStart = request.CfgStart,
        CfgEnd = request.CfgEnd,
        Scheduler = request.Scheduler,
        Shortcut = Shortcuts.Of(request.Cache),
        Seed = request.Seed,
    };

    public GenerationRequest ToRequest(ModelInfo model) => new()
    {
        Prompt = Style is null ? Prompt.Trim() : Style.Around(Prompt.Trim()),
        NegativePrompt = NegativePrompt.Trim(),
        Width = Width,
        Height = Height,
        MaxPixels = model.MaxPixels,
        Steps = Steps,
        TextGuidance = TextGuidance,
        ImageGuidance = ImageGuidance,
        CfgStart = CfgStart,
        CfgEnd = CfgEnd,
        Scheduler = Scheduler,
        Cache = Shortcut.Cache(),
        Seed = Seed ?? PictureRequest.NewSeed(),
    };

    /// <summary>The same, as far as this model can: a preset may come from another one.</summary>
    public CreateForm Within(ModelInfo model) => this with
    {
        Width = PictureShape.Fit(Width, model),
        Height = PictureShape.Fit(Height, model),
        Count = Math.Clamp(Count, 1, PictureRequest.MaxCount),
        Steps = Math.Max(Steps, 1),
    };

    /// <summary>What a start leaves behind.</summary>
    public void Started()
    {
        if (CountsUp && Seed is { } seed && seed <= long.MaxValue - Count)
        {
            Seed = seed + Count;
        }
    }

    /// <summary>What differs from the model's defaults, in words, for the head of the folded part.</summary>
    public string FineTuning(ModelInfo model, bool fromPictures = false)
    {
        var defaults = For(model, fromPictures);
        string?[] all =
        [
            QualityLevel.Of(Steps, model) is null ? $"{Steps} steps" : null,
            TextGuidance == defaults.TextGuidance ? null : $"guidance {Text(TextGuidance)}",
            (CfgStart, CfgEnd) == (defaults.CfgStart, defaults.CfgEnd) ? null : $"guidance {Share(CfgStart)}–{Share(CfgEnd)} %",
            Scheduler == defaults.Scheduler ? null : NameOf(Scheduler),
            Shortcut == Shortcut.None ? null : Shortcut.Name(),
            Seed is { } seed ? $"seed {seed}" : null,
        ];
        var changed = all.OfType<string>().ToList();
        return changed.Count switch
        {
            0 => $"random seed · guidance {Text(TextGuidance)}",
            <= MostNamed => string.Join(" · ", changed),
            _ => $"{changed.Count} changed",
        };
    }

    public static string NameOf(SchedulerKind scheduler) => scheduler == SchedulerKind.DpmSolver ? "DPM-Solver++" : "Euler";

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Share(double value) => (value * 100).ToString("0", CultureInfo.InvariantCulture);
}

using System.Text.Json;
using System.Text.Json.Serialization;
using OmniGen2.Reflection;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.Rest;

/// <summary>What a preset of settings holds; the names are those that the pages write and read.</summary>
internal sealed record KeptSettings
{
    private static readonly JsonSerializerOptions Format = new() { Converters = { new JsonStringEnumConverter() } };

    public string NegativePrompt { get; init; } = "";

    public int Width { get; init; }

    public int Height { get; init; }

    public int Count { get; init; } = 1;

    public int Steps { get; init; }

    public double TextGuidance { get; init; }

    public double ImageGuidance { get; init; }

    public double CfgStart { get; init; }

    public double CfgEnd { get; init; } = 1;

    public SchedulerKind Scheduler { get; init; }

    public Shortcut Shortcut { get; init; }

    /// <summary>Null: a new one for every start.</summary>
    public long? Seed { get; init; }

    public bool CountsUp { get; init; }

    public ReflectionBudget? Reflection { get; init; }

    /// <summary>Settings that the model could not draw with are a <see cref="ModelException"/>.</summary>
    public static KeptSettings Of(JobOrder order, ModelInfo model)
    {
        var asked = (PictureRequest)(order with { Prompt = "any", Pictures = null, Messages = null }).ToRequest(model);
        asked.Generation.Check(model);
        asked.Reflection?.Check();
        var drawn = asked.Generation;
        return new KeptSettings
        {
            NegativePrompt = drawn.NegativePrompt,
            Width = drawn.Width,
            Height = drawn.Height,
            Count = Math.Clamp(asked.Count, 1, PictureRequest.MaxCount),
            Steps = drawn.Steps,
            TextGuidance = drawn.TextGuidance,
            ImageGuidance = drawn.ImageGuidance,
            CfgStart = drawn.CfgStart,
            CfgEnd = drawn.CfgEnd,
            Scheduler = drawn.Scheduler,
            Shortcut = Shortcuts.Of(drawn.Cache),
            Seed = order.Seed,
            Reflection = asked.Reflection,
        };
    }

    /// <summary>Null when it is none.</summary>
    public static KeptSettings? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<KeptSettings>(json, Format);
        }
        catch (JsonException)
        {
            // Of a version that wrote its presets otherwise; the pages say so where it is chosen.
            return null;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public JobOrder ToOrder() => new()
    {
        NegativePrompt = NegativePrompt,
        Width = Width,
        Height = Height,
        Count = Count,
        Steps = Steps,
        TextGuidance = TextGuidance,
        ImageGuidance = ImageGuidance,
        CfgStart = CfgStart,
        CfgEnd = CfgEnd,
        Scheduler = Scheduler,
        Shortcut = Shortcut,
        Seed = Seed,
        Reflection = Reflection,
    };
}

using System.Globalization;
using System.Text.RegularExpressions;
using OmniGen2.Imaging;
using OmniGen2.Web.Jobs;

namespace OmniGen2.Web.Api.OpenAi;

/// <summary>How to draw, in OpenAI's words and in those that Diffusers and other servers use beside them.</summary>
internal static partial class DrawingFields
{
    private const int MostSteps = 1000;
    private const double MostGuidance = 30;

    // As parts of the model's own: 2.8 and 1.6 around the released model's 2.
    private const double HighFidelity = 1.4;
    private const double LowFidelity = 0.8;

    /// <param name="fields">What was sent.</param>
    /// <param name="model">Whose defaults and limits.</param>
    /// <param name="prompt">What to draw.</param>
    /// <param name="pictures">What to draw from.</param>
    public static GenerationRequest Generation(RequestFields fields, ModelInfo model, string prompt, IReadOnlyList<Reference> pictures)
    {
        var guided = fields.Numbers("cfg_range", 2, 0, 1);
        var fidelity = fields.Choice("input_fidelity", 1.0, ("high", HighFidelity), ("low", LowFidelity));
        var generation = model.Request(prompt) with
        {
            NegativePrompt = fields.Text("negative_prompt") ?? model.NegativePrompt,
            Steps = (int)(fields.Integer("num_inference_steps", 1, MostSteps) ?? Level(fields, model).Steps),
            TextGuidance = fields.Number("guidance_scale", 0, MostGuidance) ?? (pictures.Count > 0 ? model.EditTextGuidance : model.TextGuidance),
            ImageGuidance = fields.Number("guidance_scale_2", 0, MostGuidance) ?? model.ImageGuidance * fidelity,
            CfgStart = guided?[0] ?? 0,
            CfgEnd = guided?[1] ?? 1,
            Scheduler = fields.Choice("scheduler", model.Scheduler, ("euler", SchedulerKind.Euler), ("dpmsolver++", SchedulerKind.DpmSolver), ("dpmsolver", SchedulerKind.DpmSolver)),
            Seed = fields.Integer("seed", -1, long.MaxValue) is >= 0 and { } seed ? seed : PictureRequest.NewSeed(),
        };
        return Sized(generation, fields, model, pictures);
    }

    /// <summary>Which of the studio's presets `quality` means.</summary>
    public static QualityLevel Level(RequestFields fields, ModelInfo model)
    {
        var levels = QualityLevel.For(model);
        var (draft, balanced, quality) = (levels[0], levels[1], levels[2]);
        return fields.Choice("quality", balanced,
            ("auto", balanced), ("low", draft), ("medium", balanced), ("high", quality),
            ("standard", balanced), ("hd", quality), ("draft", draft), ("balanced", balanced), ("quality", quality));
    }

    private static GenerationRequest Sized(GenerationRequest generation, RequestFields fields, ModelInfo model, IReadOnlyList<Reference> pictures)
    {
        if (fields.Text("size") is not { } size || size.Equals("auto", StringComparison.OrdinalIgnoreCase))
        {
            return pictures.Count > 0 ? LikeFirst(generation, model, pictures[0]) : generation;
        }

        if (WidthByHeight().Match(size) is not { Success: true } sides)
        {
            throw OpenAiFault.Invalid("size", $"'{RequestFields.Short(size)}' is no size: use auto, or width by height as in {model.DefaultSize}x{model.DefaultSize}.", "invalid_size");
        }

        generation = generation with { Width = Side(sides.Groups[1]), Height = Side(sides.Groups[2]), AlignToReference = false };
        try
        {
            new GenerationRequest { Prompt = "", Width = generation.Width, Height = generation.Height }.Check(model);
            return generation;
        }
        catch (ModelException fault)
        {
            throw OpenAiFault.Invalid("size", fault.Message, "invalid_size");
        }
    }

    /// <summary>As large as the first picture, which with a single one the model insists on, and with several its authors advise.</summary>
    private static GenerationRequest LikeFirst(GenerationRequest generation, ModelInfo model, Reference first)
    {
        var size = OutputSize.For(generation with { Images = [new RgbImage(first.Width, first.Height, [])] }, model);
        return generation with { Width = size.Width, Height = size.Height };
    }

    private static int Side(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([0-9]{1,6})x([0-9]{1,6})$")]
    private static partial Regex WidthByHeight();
}

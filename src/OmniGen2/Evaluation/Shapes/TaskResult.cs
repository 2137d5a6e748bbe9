using OmniGen2.Training;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>What one task came to.</summary>
public sealed record TaskResult
{
    public required ShapesAbility Ability { get; init; }

    /// <summary>How many objects, which edit, which question: in snake_case, as reports list it.</summary>
    public required string Kind { get; init; }

    /// <summary>The strict score.</summary>
    public required bool IsRight { get; init; }

    /// <summary>Softer measures; null for answers in words.</summary>
    public PictureMeasure? Picture { get; init; }

    /// <summary>For a judgement of a faulty picture: whether the fault is named as it should be.</summary>
    public bool? NamesFault { get; init; }

    /// <summary>To look at: what was given, what came out, what was wanted, and the words.</summary>
    public ContactRow? Row { get; init; }
}

/// <summary>What moves before the strict score does.</summary>
/// <param name="IsBackgroundRight">The background is the wanted one.</param>
/// <param name="IsCountRight">So many objects as wanted.</param>
/// <param name="ObjectsFound">Share of the wanted objects that are anywhere in the picture, 0 to 1.</param>
/// <param name="Psnr">In decibels, against the drawing: of all (autoencoder) or outside of the change (edits); null where it says nothing.</param>
/// <param name="Seconds">From the request to the pixels.</param>
public sealed record PictureMeasure(bool IsBackgroundRight, bool IsCountRight, double ObjectsFound, double? Psnr, double Seconds);

namespace OmniGen2.Training.Diffusion;

/// <summary>What is measured on scenes that are never trained on.</summary>
public sealed record ValidationSettings
{
    /// <summary>Samples of each task for the losses.</summary>
    public int Samples { get; init; } = 48;

    /// <summary>Scenes of each task that are drawn and scored strictly; 0 draws none.</summary>
    public int ScoreScenes { get; init; }

    /// <summary>Validations from one scoring to the next.</summary>
    public int ScoreEvery { get; init; } = 1;

    /// <summary>Denoising steps of pictures that are scored, and of contact sheets.</summary>
    public int ScoreSteps { get; init; } = 20;

    /// <summary>Rows of a contact sheet.</summary>
    public int SheetRows { get; init; } = 8;

    internal IEnumerable<(bool Holds, FormattableString Fault)> Rules =>
    [
        (Samples is >= 2 and <= 4096, $"validation.samples = {Samples} must be from 2 to 4096"),
        (ScoreScenes is >= 0 and <= 10_000, $"validation.score_scenes = {ScoreScenes} must be from 0 to 10000"),
        (ScoreEvery >= 1, $"validation.score_every = {ScoreEvery} must be at least 1"),
        (ScoreSteps is >= 1 and <= 1000, $"validation.score_steps = {ScoreSteps} must be from 1 to 1000"),
        (SheetRows is >= 1 and <= 100, $"validation.sheet_rows = {SheetRows} must be from 1 to 100"),
    ];
}

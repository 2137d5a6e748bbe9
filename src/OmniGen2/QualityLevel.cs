namespace OmniGen2;

/// <summary>How much care a picture gets: a name and a number of steps around the model's own.</summary>
public sealed record QualityLevel(string Name, int Steps)
{
    public const int MostSteps = 100;

    public static IReadOnlyList<QualityLevel> For(ModelInfo model) =>
        [new("Draft", Part(model, 0.5)), new("Balanced", model.DefaultSteps), new("Quality", Part(model, 1.5))];

    /// <summary>Null when the steps are one's own.</summary>
    public static QualityLevel? Of(int steps, ModelInfo model) => For(model).FirstOrDefault(x => x.Steps == steps);

    private static int Part(ModelInfo model, double part) => Math.Clamp((int)Math.Round(model.DefaultSteps * part), 1, Math.Max(MostSteps, model.DefaultSteps));
}

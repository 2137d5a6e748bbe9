using OmniGen2.Evaluation.Shapes;

namespace OmniGen2.Training.Diffusion;

/// <summary>What the weights can do, seen from outside: they are written as a checkpoint, and that checkpoint is asked to draw as any other.</summary>
internal sealed class DiffusionPreview : IDisposable
{
    private static readonly ShapesAbility[] Scored = [ShapesAbility.T2i, ShapesAbility.Edit, ShapesAbility.Compose];

    private static readonly ShapesAbility[] Shown = [ShapesAbility.T2i, ShapesAbility.Chat, ShapesAbility.Edit, ShapesAbility.Compose];

    private readonly string _folder;
    private readonly OmniGen2Pipeline _pipeline;
    private readonly ShapesEvaluation _evaluation;

    /// <param name="export">Writes the checkpoint.</param>
    /// <param name="folder">Where to; deleted in the end.</param>
    /// <param name="config">The world, and how many denoising steps.</param>
    public DiffusionPreview(Action<string> export, string folder, DiffusionConfig config)
    {
        _folder = folder;
        export(folder);
        _pipeline = OmniGen2Pipeline.Load(folder, new PipelineOptions { Device = config.Device });
        _evaluation = new ShapesEvaluation(_pipeline, _pipeline.RoundTrip, config.World, DiffusionValidation.Seed, config.Validation.ScoreSteps);
    }

    /// <summary>Strict success by ability, and what moves before it does.</summary>
    public IEnumerable<(string Name, double Value)> Score(int scenes)
    {
        foreach (var ability in Scored)
        {
            var score = new AbilityScore(ability);
            foreach (var result in _evaluation.Run(ability, scenes))
            {
                score.Add(result);
            }

            var name = Name(ability);
            yield return ($"{name}_right", score.Right);
            yield return ($"{name}_background", score.BackgroundRight ?? 0);
            yield return ($"{name}_objects", score.ObjectsFound ?? 0);
            if (score.MeanPsnr is { } psnr)
            {
                yield return ($"{name}_psnr", psnr);
            }
        }
    }

    public IReadOnlyList<ContactSheet> Sheets(int rows) =>
        [.. Shown.Select(ability => new ContactSheet(Name(ability), [.. _evaluation.Run(ability, rows).Select(result => result.Row!)]))];

    public void Dispose()
    {
        _pipeline.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Name(ShapesAbility ability) => ability.ToString().ToLowerInvariant();
}

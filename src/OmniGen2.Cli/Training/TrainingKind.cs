using OmniGen2.Training;
using OmniGen2.Training.Diffusion;
using OmniGen2.Training.Language;
using OmniGen2.Training.Vae;

namespace OmniGen2.Cli.Training;

/// <summary>Something that can be trained.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="Description">What is trained.</param>
/// <param name="Open">Reads a config file and prepares the run of a folder.</param>
internal sealed record TrainingKind(string Name, string Description, Func<string, string, ITrainingRun> Open)
{
    public static IReadOnlyList<TrainingKind> All { get; } =
    [
        new("vae", "Trains the autoencoder between pictures and latents, whole or its decoder alone.", VaeTraining.Open),
        new("language", "Trains the language model: it answers, sees, judges, and reads prompts for the picture model.", LanguageTraining.Open),
        new("diffusion", "Trains the picture model: from words, by instruction, from references.", DiffusionTraining.Open),
    ];
}
